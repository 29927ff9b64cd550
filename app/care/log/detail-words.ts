import 'server-only'
import type { StaffLogEntry } from '@/lib/support'
import messages from '@/messages/id.json'
import { formatMoment } from '../../_text/format'
import { getTranslations } from '../../_text/translations'
import { readableKey } from './readable-key'

type Entry = Pick<StaffLogEntry, 'type' | 'detail'>

/** What was written about a row of the log, a line for each value: "Alasan: kode tidak sampai". */
export async function detailWords({ type, detail }: Entry): Promise<string[]> {
  const t = await getTranslations('careLog')
  const lines = Object.entries(detail ?? {}).map(async ([key, value]) => {
    const named = type === 'carried_out' && key === 'by' ? 'decidedBy' : key
    const text = typeof value === 'string' ? await valueWords(named, value) : JSON.stringify(value)
    return t('fact', { label: await labelOf(named), text })
  })
  return Promise.all(lines)
}

/** A name that an older or a newer version has written is made readable. */
async function labelOf(key: string): Promise<string> {
  const t = await getTranslations('careLog.detail')
  if (isIn(messages.careLog.detail, key)) return t(key)
  return readableKey(key)
}

/** Values of the product in words; what somebody has written is shown as it is. */
async function valueWords(key: string, value: string): Promise<string> {
  const t = await getTranslations()
  if (CHOSEN.includes(key) && isIn(messages.careLog.value, value))
    return t(`careLog.value.${value}`)
  if (key === 'role' && isIn(messages.staffRole, value)) return t(`staffRole.${value}`)
  if (TYPES.includes(key) && isIn(messages.careType, value)) return t(`careType.${value}`)
  if (TYPES.includes(key) && isIn(messages.careLog.type, value)) return t(`careLog.type.${value}`)
  return TIMES.includes(key) && TIME.test(value) ? formatMoment(new Date(value)) : value
}

const CHOSEN = ['by', 'found', 'outcome', 'because', 'from']
const TYPES = ['action', 'type']
const TIMES = ['from', 'to']
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const isIn = <Words extends object>(words: Words, word: PropertyKey): word is keyof Words =>
  Object.hasOwn(words, word)
