/** A masked address. On a narrow screen it wraps at the @, not inside a word. */
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
