// Order matters: most browsers call themselves Chrome, too, and Chrome calls itself Safari.
const BROWSERS = [
  [/\bFB(AN|AV)\//, 'Facebook'],
  [/\bInstagram\b/, 'Instagram'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bUCBrowser\//, 'UC Browser'],
  [/\bMiuiBrowser\//, 'Mi Browser'],
  [/\bHeyTapBrowser\//, 'OPPO Browser'],
  [/\bVivoBrowser\//, 'vivo Browser'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const

const SYSTEMS = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/** What a device looks like. A computer may be a laptop or not; it does not say. */
export type DeviceKind = 'phone' | 'tablet' | 'computer'

export type Device = { browser: string; system: string; kind: DeviceKind }

/**
 * The browser, the system and the kind of device that a user agent names, out of fixed lists. The
 * text of a user agent is never shown: its sender chooses it, and could write to the customer in the
 * shop's name.
 */
export function describeDevice(userAgent: string): Device | undefined {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
  return browser && system ? { browser, system, kind: kindOf(system, userAgent) } : undefined
}

/** Browsers on Android say "Mobile" on phones and not on tablets. */
function kindOf(system: string, userAgent: string): DeviceKind {
  if (system === 'iPhone') return 'phone'
  if (system === 'iPad') return 'tablet'
  if (system === 'Android') return /\bMobile\b/.test(userAgent) ? 'phone' : 'tablet'
  return 'computer'
}
