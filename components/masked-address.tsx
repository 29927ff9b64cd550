/** A masked address. Where a screen is too narrow for it, it goes on below the @, and not in the middle of a word. */
export function MaskedAddress({ mask }: { mask: string }) {
  const [local, domain] = mask.split('@')
  if (domain === undefined) return mask
  return (
    <>
      {local}@<wbr />
      {domain}
    </>
  )
}
