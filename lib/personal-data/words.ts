import { createTranslator } from 'use-intl/core'
import type { Locale } from '@/lib/platform/locale'
import { describeDevice } from '@/lib/platform/user-agent'
import en from '@/messages/en.json'
import id from '@/messages/id.json'

/** The sections of a person's data, and the fields of their rows. Each has a label in both languages. */
export type SectionName = keyof typeof id.personData.section
export type FieldName = keyof typeof id.personData.field

const keysOf = <Words extends object>(words: Words) =>
  Object.keys(words).filter((name): name is Extract<keyof Words, string> => name in words)

/** In the order in which the page shows them. */
export const sectionNames = keysOf(id.personData.section)
export const fieldNames = keysOf(id.personData.field)

const WORDS = { id: wordsOf('id', id), en: wordsOf('en', en) }
const HAPPENED = { id: id.message.happened, en: en.message.happened }
const TOPICS = { id: id.message.topic, en: en.message.topic }
/** The fields whose values are words of the product. What a customer typed is never one. */
const WORDED = ['language', 'role', 'channel', 'link', 'scope', 'reason', 'action', 'outcome']

const DEVICES = { id: devicesOf('id', id), en: devicesOf('en', en) }
const VALUES = { id: id.personData.value, en: en.personData.value }

/** The translator of the readable page of a person's data. */
export const personWords = (locale: Locale) => WORDS[locale]

/**
 * A stored word of the product in the language of the reader, with a capital letter. A user agent is
 * named by browser and system. Any other value is unchanged.
 */
export function sayValue(field: string, value: string, locale: Locale): string {
  const words = field === 'userAgent' ? sayDevice(value, locale) : sayWord(field, value, locale)
  return words === undefined ? value : words.charAt(0).toUpperCase() + words.slice(1)
}

function sayWord(field: string, value: string, locale: Locale): string | undefined {
  switch (field) {
    case 'event':
      return find(HAPPENED[locale], value)
    case 'purpose':
      return find(TOPICS[locale], value)
    case 'kind':
      return find(VALUES[locale], value) ?? sayMessage(value, locale)
    case 'path':
      return find(VALUES[locale], value) ?? sayCode(value, locale)
    default:
      return WORDED.includes(field) ? find(VALUES[locale], value) : undefined
  }
}

/** The kind of a message: `code.` and a purpose, or `notice.` and an event. */
function sayMessage(kind: string, locale: Locale) {
  const [type, about = ''] = kind.split('.')
  if (type === 'code') return sayCode(about, locale)
  const happened = find(HAPPENED[locale], about)
  const t = personWords(locale)
  return happened && t('notice', { happened })
}

function sayCode(purpose: string, locale: Locale) {
  const topic = find(TOPICS[locale], purpose)
  const t = personWords(locale)
  return topic && t('code', { topic })
}

function sayDevice(userAgent: string, locale: Locale) {
  const device = describeDevice(userAgent)
  return device && DEVICES[locale]('known', device)
}

const find = (words: Record<string, string>, value: string): string | undefined =>
  Object.hasOwn(words, value) ? words[value] : undefined

function wordsOf(locale: Locale, messages: typeof id) {
  return createTranslator({ locale, messages, namespace: 'personData' })
}

function devicesOf(locale: Locale, messages: typeof id) {
  return createTranslator({ locale, messages, namespace: 'message.device' })
}
