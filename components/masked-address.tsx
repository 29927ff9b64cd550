/** A masked or whole address. On a narrow screen it wraps at the @, not inside a word or number. */
export function MaskedAddress({ mask }: { mask: string }) {
  const [local, domain] = mask.split('@')
  if (domain === undefined) return <span className="whitespace-nowrap">{mask}</span>
  return (
    <>
      {local}@<wbr />
      {domain}
    </>
  )
}
