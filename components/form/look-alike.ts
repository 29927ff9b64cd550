const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u

/**
 * The domain of a typed e-mail address, in punycode, when its letters could be taken for Latin ones:
 * they are of another script, under a Latin top-level domain. Undefined for any other. The server
 * decides alike (`lib/addresses/display.ts`), and its pages warn without JavaScript.
 */
export function lookAlikeDomain(typed: string): string | undefined {
  const domain = typed.trim().normalize('NFKC').split('@').at(-1) ?? ''
  if (!/\.[a-z]+$/i.test(domain)) return undefined
  const ascii = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : ''
  const isEncoded = ascii === domain && ascii.split('.').some((label) => label.startsWith('xn--'))
  return LOOK_ALIKE.test(domain) || isEncoded ? ascii || undefined : undefined
}
