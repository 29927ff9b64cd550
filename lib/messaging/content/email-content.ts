import type { Locale } from '@/lib/platform/locale'
import type { CallerWordContent, CodeContent, Content, ReminderContent } from './content'
import { listLinks, loginLink, profileLink, resetLink } from './email-links'
import { draftIncident, draftNotice } from './email-notice'
import type { Draft, EmailContent, Part } from './email-parts'
import { brand, care, minutesOf, spaced, wordsIn } from './translations'

/** Writes the content of an e-mail in the language of its reader. */
export function writeEmailContent(content: Content, locale: Locale): EmailContent {
  const t = wordsIn(locale)
  const { parts, ...drafted } = draft(content, locale)
  return {
    locale,
    ...brand(),
    ...drafted,
    parts: [{ kind: 'paragraph', text: greet(content, locale) }, ...parts],
    care: t('email.care', { ...brand(), ...care() }),
    links: listLinks(content),
  }
}

function greet(content: Content, locale: Locale) {
  const t = wordsIn(locale)
  const name = 'name' in content ? content.name : undefined
  return name ? t('email.greetingByName', { name }) : t('email.greeting')
}

/** The e-mail as complete plain text. */
export function writeText({ parts, care }: EmailContent): string {
  return [...parts.map(textOf), care].join('\n\n')
}

function textOf(part: Part): string {
  switch (part.kind) {
    case 'paragraph':
    case 'warning':
      return part.text
    case 'code':
      return `${part.label}: ${part.code}`
    case 'action':
      return `${part.label}: ${part.link}`
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${value}`).join('\n')
    default:
      return part satisfies never
  }
}

function draft(content: Content, locale: Locale): Draft {
  switch (content.kind) {
    case 'code':
      return draftCode(content, locale)
    case 'already_registered':
      return draftAlreadyRegistered(locale)
    case 'caller_word':
      return draftWord(content, locale)
    case 'reminder':
      return draftReminder(content, locale)
    case 'notice':
      return draftNotice(content, locale)
    case 'incident':
      return draftIncident(content, locale)
    default:
      return content satisfies never
  }
}

function draftCode({ code, purpose, lifetimeSeconds }: CodeContent, locale: Locale): Draft {
  const t = wordsIn(locale)
  const values = {
    ...brand(),
    code,
    topic: t(`topic.${purpose}`),
    minutes: minutesOf(lifetimeSeconds),
  }
  const use = t('email.code.use', values)
  return {
    subject: t('email.code.subject', values),
    heading: t('email.code.heading', values),
    preview: use,
    parts: [
      { kind: 'code', label: t('email.code.label'), code },
      { kind: 'paragraph', text: use },
      { kind: 'warning', text: t('email.code.warning', values) },
      { kind: 'paragraph', text: t('email.code.unasked', values) },
    ],
  }
}

/** No action: the reader does nothing with the word but read it out. */
function draftWord(
  { word, caseNumber, lifetimeSeconds }: CallerWordContent,
  locale: Locale,
): Draft {
  const t = wordsIn(locale)
  const values = { ...brand(), number: caseNumber, minutes: minutesOf(lifetimeSeconds) }
  const use = t('email.callerWord.use', values)
  return {
    subject: t('email.callerWord.subject', values),
    heading: t('email.callerWord.heading'),
    preview: use,
    parts: [
      { kind: 'code', label: t('email.callerWord.label'), code: spaced(word) },
      { kind: 'paragraph', text: use },
      { kind: 'warning', text: t('email.callerWord.warning', values) },
      { kind: 'paragraph', text: t('email.callerWord.uncalled', values) },
    ],
  }
}

function draftAlreadyRegistered(locale: Locale): Draft {
  const t = wordsIn(locale)
  const subject = t('email.alreadyRegistered.subject', brand())
  const opening = t('email.alreadyRegistered.opening', brand())
  return {
    subject,
    heading: subject,
    preview: opening,
    parts: [
      { kind: 'paragraph', text: opening },
      {
        kind: 'paragraph',
        text: t('email.alreadyRegistered.itWasMe', { resetLink: resetLink() }),
      },
      { kind: 'action', label: t('email.action.logIn'), link: loginLink() },
      { kind: 'paragraph', text: t('email.alreadyRegistered.itWasNotMe') },
    ],
  }
}

function draftReminder({ addresses }: ReminderContent, locale: Locale): Draft {
  const t = wordsIn(locale)
  const subject = t('email.reminder.subject', brand())
  const opening = t('email.reminder.opening', brand())
  return {
    subject,
    heading: t('email.reminder.heading'),
    preview: opening,
    parts: [
      { kind: 'paragraph', text: opening },
      {
        kind: 'facts',
        facts: addresses.map((value) => ({ label: t('email.reminder.address'), value })),
      },
      { kind: 'paragraph', text: t('email.reminder.check') },
      { kind: 'action', label: t('email.action.check'), link: profileLink() },
      { kind: 'paragraph', text: t('email.reminder.gone') },
    ],
  }
}
