import type { Locale } from '@/lib/platform/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'

const PLACEHOLDER = /\{(?:[^{}]|\{[^{}]*\})*\}/

const [INDONESIAN, ENGLISH] = [new Map(flattenMessages(id)), new Map(flattenMessages(en))]

/**
 * Matches exactly the text that a page shows in `locale` for this Indonesian text. Throws when
 * there is none.
 */
export const matchExactly = (text: string, locale: Locale) =>
  new RegExp(`^(?:${alternativesOf(text, locale)})$`)

/**
 * Matches any text that contains what a page shows in `locale` for this Indonesian text. Throws
 * when there is none.
 */
export const matchPartially = (text: string, locale: Locale) =>
  new RegExp(alternativesOf(text, locale))

function alternativesOf(text: string, locale: Locale) {
  const texts = locale === 'id' ? [text] : translate(text)
  if (texts.length === 0) throw new Error(`no message contains: ${text}`)
  return texts.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
}

function translate(text: string) {
  const findMessages = (isMatch: (message: string) => boolean) =>
    [...INDONESIAN].filter(([, message]) => isMatch(message))
  const exact = findMessages((message) => message === text)
  const found = exact.length > 0 ? exact : findMessages((message) => message.includes(text))
  return [...new Set(found.map(([key]) => longestFixedPart(ENGLISH.get(key) ?? '')))]
}

/** Returns the longest part of a message that has no placeholder. */
function longestFixedPart(message: string) {
  const [longest = ''] = message
    .split(PLACEHOLDER)
    .toSorted((one, other) => other.length - one.length)
  return longest.trim()
}

function flattenMessages(branch: object, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`${path}${name}`, value]]
      : flattenMessages(value, `${path}${name}.`),
  )
}
