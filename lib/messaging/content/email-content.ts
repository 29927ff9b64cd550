import type { Locale } from '@/lib/platform/locale'
import { describeDevice } from '@/lib/platform/user-agent'
import type { CodeContent, Content, NoticeContent, ReminderContent } from './content'
import { type EmailLink, listLinks, loginLink, profileLink, resetLink } from './email-links'
import {
  brand,
  care,
  minutesOf,
  nameCountry,
  ownResetLink,
  secureLink,
  tell,
  wordsIn,
} from './translations'

/** A part of an e-mail. A `warning` is emphasised. */
export type Part =
  | { kind: 'paragraph' | 'warning'; text: string }
  | { kind: 'code'; label: string; code: string }
  | { kind: 'facts'; facts: readonly Fact[] }

type Fact = { label: string; value: string }

/**
 * The content of an e-mail. Text part and HTML part are rendered from it, so that they agree.
 * `heading` is the short form of the parts; mailboxes show `preview` beside the subject.
 */
export type EmailContent = {
  locale: Locale
  brand: string
  subject: string
  heading: string
  preview: string
  parts: readonly Part[]
  care: string
  links: readonly EmailLink[]
}

type Draft = Pick<EmailContent, 'subject' | 'heading' | 'preview' | 'parts'>

/** Writes the content of an e-mail in the language of its reader. */
export function writeEmailContent(content: Content, locale: Locale): EmailContent {
  const words = wordsIn(locale)('email.care', { ...brand(), ...care() })
  return { locale, ...brand(), ...draft(content, locale), care: words, links: listLinks(content) }
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
    case 'reminder':
      return draftReminder(content, locale)
    case 'notice':
      return draftNotice(content, locale)
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
        text: t('email.alreadyRegistered.itWasMe', {
          loginLink: loginLink(),
          resetLink: resetLink(),
        }),
      },
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
      { kind: 'paragraph', text: t('email.reminder.check', { link: profileLink() }) },
      { kind: 'paragraph', text: t('email.reminder.gone') },
    ],
  }
}

function draftNotice(content: NoticeContent, locale: Locale): Draft {
  const t = wordsIn(locale)
  const told = { ...brand(), ...tell(content, locale) }
  const opening = t('email.notice.opening', told)
  const isLost = content.event === 'email_lost'
  return {
    subject: t('email.notice.subject', told),
    heading: told.happened.charAt(0).toUpperCase() + told.happened.slice(1),
    preview: opening,
    parts: [
      { kind: 'paragraph', text: opening },
      { kind: 'facts', facts: factsOf(content, locale) },
      { kind: 'paragraph', text: t(isLost ? 'email.notice.lost' : 'email.notice.itWasMe') },
      ...lockedOut(content, locale),
      { kind: 'warning', text: nextStep(content, locale) },
    ],
  }
}

function lockedOut({ resetLink: token }: NoticeContent, locale: Locale): Part[] {
  if (token === undefined) return []
  const text = wordsIn(locale)('email.notice.lockedOut', { link: ownResetLink(token) })
  return [{ kind: 'paragraph', text }]
}

function nextStep({ event, link }: NoticeContent, locale: Locale) {
  const t = wordsIn(locale)
  if (link === undefined) return t('email.notice.unlinked', brand())
  return t(event === 'frozen' ? 'email.notice.frozen' : 'email.notice.itWasNotMe', {
    ...brand(),
    link: secureLink(link),
  })
}

function factsOf(content: NoticeContent, locale: Locale): Fact[] {
  const t = wordsIn(locale)
  const { at, reference } = tell(content, locale)
  const device = describeDevice(content.device)
  return [
    { label: t('email.notice.at'), value: at },
    {
      label: t('email.notice.device'),
      value: device ? t('device.known', device) : t('device.unknown'),
    },
    ...(content.country
      ? [{ label: t('email.notice.country'), value: nameCountry(content.country, locale) }]
      : []),
    ...(content.address ? [{ label: t('email.notice.address'), value: content.address }] : []),
    { label: t('email.notice.reference'), value: reference },
  ]
}
