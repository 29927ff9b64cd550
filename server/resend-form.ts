import { SECRET_FIELDS } from '@/lib/platform/secret-fields'
import en from '@/messages/en.json'
import id from '@/messages/id.json'

/** What a customer types, whose value the form shows again. */
const TYPED = {
  name: 'type="text" autocomplete="name"',
  email: 'type="email" autocomplete="email" spellcheck="false"',
  phone: 'type="tel" autocomplete="tel"',
  identifier: 'type="text" autocomplete="username" spellcheck="false"',
} as const

/** What a customer types again, because its value is never shown. */
const TYPED_AGAIN = {
  password: 'type="password" autocomplete="current-password"',
  currentPassword: 'type="password" autocomplete="current-password"',
  newPassword: 'type="password" autocomplete="new-password"',
  code: 'type="text" inputmode="numeric" autocomplete="one-time-code"',
} as const

const NAME = /^[\w$:.-]{1,100}$/
const MOST_FIELDS = 40
const MOST_CHARACTERS = 16_000

type Typed = keyof typeof TYPED
type TypedAgain = keyof typeof TYPED_AGAIN

const isTyped = (name: string): name is Typed => Object.hasOwn(TYPED, name)
const isTypedAgain = (name: string): name is TypedAgain => Object.hasOwn(TYPED_AGAIN, name)

/** A submitted form as HTML, and whether the customer has to type passwords or codes again. */
export type ResendForm = { html: string; asksAgain: boolean }

/**
 * The form that sends a posted form again, for the page of a post that failed. Passwords and codes
 * are empty in it. Undefined for a post of another kind than our pages send, or a larger one. It has
 * no text of ours but labels and `button`; every value is escaped.
 */
export function writeResendForm(form: FormData, button: string): ResendForm | undefined {
  const entries = [...form].filter(([name]) => isTypedAgain(name) || !SECRET_FIELDS.includes(name))
  const texts = entries.flatMap(([name, value]) =>
    typeof value === 'string' && NAME.test(name) ? [[name, value] as const] : [],
  )
  const characters = texts.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (texts.length === 0 || texts.length < entries.length) return undefined
  if (texts.length > MOST_FIELDS || characters > MOST_CHARACTERS) return undefined
  const fields = texts.map(([name, value]) => writeField(name, value)).join('\n')
  return {
    html: `<form method="post" enctype="multipart/form-data" action="">
${fields}
<button>${button}</button></form>`,
    asksAgain: texts.some(([name]) => isTypedAgain(name)),
  }
}

function writeField(name: string, value: string) {
  if (isTypedAgain(name))
    return `<label>${labelOf(name)}<input name="${name}" ${TYPED_AGAIN[name]} required></label>`
  const given = `name="${escapeHtml(name)}" value="${escapeHtml(value)}"`
  if (!isTyped(name)) return `<input type="hidden" ${given}>`
  return `<label>${labelOf(name)}<input ${given} ${TYPED[name]}></label>`
}

/** The label in both languages, once when they are equal. */
const labelOf = (name: Typed | TypedAgain) =>
  [...new Set([id.field[name], en.field[name]])].join(' · ')

/** A text as HTML, in an element or an attribute in quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
