import 'server-only'
import messages from '@/messages/id.json'
import { waitPhrase } from '../../_text/refusal'
import { getTranslations } from '../../_text/translations'

/** What happened to an account, as staff read it. */
export async function eventWords(
  type: keyof typeof messages.careEvent,
  what?: keyof typeof messages.careUsedUp,
): Promise<string> {
  const t = await getTranslations()
  return what ? t(`careUsedUp.${what}`) : t(`careEvent.${type}`)
}

/**
 * What a message of the outbox was about, by its kind: `code.<purpose>`, `notice.<event>` or a
 * word.
 */
export async function messageWords(kind: string): Promise<string> {
  const t = await getTranslations()
  const [first, second = ''] = kind.split('.')
  if (first === 'code' && isIn(messages.message.topic, second))
    return t('careMessages.code', { topic: t(`message.topic.${second}`) })
  if (first === 'notice' && isIn(messages.careEvent, second))
    return t('careMessages.notice', { happened: t(`careEvent.${second}`) })
  return t(`careMessages.kind.${isIn(messages.careMessages.kind, kind) ? kind : 'other'}`)
}

/** What is tried at an account, by the path of its counter. */
export async function pathWords(path: string): Promise<string> {
  const t = await getTranslations('careCase.path')
  return t(isIn(messages.careCase.path, path) ? path : 'other')
}

/** How an action ended. A refusal that stopped it is not told. */
export async function outcomeWords(outcome: string): Promise<string> {
  const t = await getTranslations('careActions.outcome')
  return t(isIn(messages.careActions.outcome, outcome) ? outcome : 'other')
}

/** How long it is until a time: "dalam 12 menit". */
export const leftWords = (until: Date, now: Date): Promise<string> =>
  waitPhrase(Math.max(0, (until.getTime() - now.getTime()) / 1_000))

const isIn = <Words extends object>(words: Words, word: PropertyKey): word is keyof Words =>
  Object.hasOwn(words, word)
