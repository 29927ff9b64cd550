import 'server-only'
import { getLocale } from 'next-intl/server'
import {
  createFormatter,
  createTranslator,
  type NamespaceKeys,
  type NestedKeyOf,
} from 'use-intl/core'
import { type Locale, TIME_ZONE } from '@/lib/platform/locale'
import en from '@/messages/en.json'
import id from '@/messages/id.json'

/** The message catalogue. Indonesian is the original; every other language has the same keys. */
export type Messages = typeof id

const CATALOGUES: Record<Locale, Messages> = { id, en }

type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>
type Translator<Name extends Namespace> = ReturnType<typeof createTranslator<Messages, Name>>
type Formatter = ReturnType<typeof createFormatter>

/**
 * Translators keep the messages that they have parsed, and the formats of dates and numbers. Those of
 * `next-intl/server` live as long as a request, and parse each message again for each page.
 */
const translators = new Map<string, unknown>()
const formatters = new Map<Locale, Formatter>()

/** The translations of a namespace, or of all, in the language of the page or in another one. */
export async function getTranslations<Name extends Namespace = never>(
  namespace?: Name,
  locale?: Locale,
): Promise<Translator<Name>> {
  const language = locale ?? (await getLocale())
  const key = `${language} ${namespace ?? ''}`
  if (!translators.has(key)) translators.set(key, createTranslations(language, namespace))
  // The key names the namespace, which is the type.
  return translators.get(key) as Translator<Name>
}

const createTranslations = <Name extends Namespace>(locale: Locale, namespace?: Name) =>
  createTranslator<Messages, Name>({
    ...{ locale, messages: CATALOGUES[locale], timeZone: TIME_ZONE },
    ...(namespace && { namespace }),
  })

/** Formats dates and numbers in the language of the page or in another one. */
export async function getFormatter(locale?: Locale): Promise<Formatter> {
  const language = locale ?? (await getLocale())
  const found =
    formatters.get(language) ?? createFormatter({ locale: language, timeZone: TIME_ZONE })
  formatters.set(language, found)
  return found
}
