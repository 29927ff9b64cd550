import type { Locale } from '@/lib/platform/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'

const PLACEHOLDER = /\{(?:[^{}]|\{[^{}]*\})*\}/

const [INDONESIAN, ENGLISH] = [new Map(leavesOf(id)), new Map(leavesOf(en))]

/** A text of the Indonesian pages as the pages of a language have it; whole, or as a part of what they say. */
export const whole = (text: string, locale: Locale) =>
  new RegExp(`^(?:${alternatives(text, locale)})$`)
export const part = (text: string, locale: Locale) => new RegExp(alternatives(text, locale))

function alternatives(text: string, locale: Locale) {
  const found = locale === 'id' ? [text] : translate(text)
  if (found.length === 0) throw new Error(`no message says: ${text}`)
  return found.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
}

function translate(text: string) {
  const saying = (says: (message: string) => boolean) =>
    [...INDONESIAN].filter(([, message]) => says(message))
  const exact = saying((message) => message === text)
  const keys = exact.length > 0 ? exact : saying((message) => message.includes(text))
  return [...new Set(keys.map(([key]) => longestPiece(ENGLISH.get(key) ?? '')))]
}

/** What of a message stands in a page whatever its values are. */
function longestPiece(message: string) {
  const [longest = ''] = message
    .split(PLACEHOLDER)
    .toSorted((one, other) => other.length - one.length)
  return longest.trim()
}

function leavesOf(branch: object, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value]] : leavesOf(value, `${path}${name}.`),
  )
}
