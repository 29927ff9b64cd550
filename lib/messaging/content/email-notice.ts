import type { Locale } from '@/lib/platform/locale'
import { describeDevice } from '@/lib/platform/user-agent'
import type { IncidentContent, NoticeContent } from './content'
import type { Draft, Fact, Part } from './email-parts'
import {
  brand,
  momentOf,
  nameCountry,
  ownResetLink,
  secureLink,
  tell,
  vetoLink,
  wordsIn,
} from './translations'

/** The notice of an incident: what happened, when, and what to do. */
export function draftIncident(content: IncidentContent, locale: Locale): Draft {
  const t = wordsIn(locale)
  const { what, advice } = content[locale]
  const opening = t('email.incident.opening', brand())
  const facts = [
    { label: t('email.incident.at'), value: momentOf(content.at, locale) },
    { label: t('email.notice.reference'), value: content.reference },
  ]
  return {
    subject: t('email.incident.subject', brand()),
    heading: t('email.incident.heading'),
    preview: opening,
    parts: [
      { kind: 'paragraph', text: opening },
      { kind: 'paragraph', text: `${t('email.incident.what')} ${what}` },
      { kind: 'warning', text: `${t('email.incident.advice')} ${advice}` },
      { kind: 'facts', facts },
    ],
  }
}

/** The notification of a security event. */
export function draftNotice(content: NoticeContent, locale: Locale): Draft {
  const t = wordsIn(locale)
  const told = { ...brand(), ...tell(content, locale) }
  const opening = t('email.notice.opening', told)
  return {
    subject: t('email.notice.subject', told),
    heading: told.happened.charAt(0).toUpperCase() + told.happened.slice(1),
    preview: opening,
    parts: [
      { kind: 'paragraph', text: opening },
      { kind: 'facts', facts: factsOf(content, locale) },
      { kind: 'paragraph', text: t(`email.notice.${explanationOf(content.event)}`) },
      ...nextStep(content, locale),
    ],
  }
}

function explanationOf(event: NoticeContent['event']) {
  if (event === 'email_lost') return 'lost'
  return event === 'number_recycled' ? 'recycled' : 'itWasMe'
}

/**
 * One button: the stop of what was announced; the reader's own reset when strangers used up the
 * attempts; else the emergency stop.
 */
function nextStep(
  { event, link, resetLink: token, vetoLink: veto }: NoticeContent,
  locale: Locale,
): Part[] {
  const t = wordsIn(locale)
  const shop = brand()
  if (veto !== undefined) {
    const isHeld = event === 'password_held'
    const label = t(isHeld ? 'email.action.stopPassword' : 'email.action.veto')
    return [
      { kind: 'warning', text: isHeld ? t('email.notice.held') : t('email.notice.veto', shop) },
      { kind: 'action', label, link: vetoLink(event, veto), isUrgent: true },
    ]
  }
  if (link === undefined) return [{ kind: 'warning', text: t('email.notice.unlinked', shop) }]
  const own = secureLink(link)
  if (event === 'frozen' || event === 'unfreeze_vetoed')
    return [
      { kind: 'warning', text: t('email.notice.frozen') },
      { kind: 'action', label: t('email.action.unfreeze'), link: own },
    ]
  if (token === undefined)
    return [
      { kind: 'warning', text: t('email.notice.itWasNotMe', shop) },
      { kind: 'action', label: t('email.action.freeze'), link: own, isUrgent: true },
    ]
  return [
    { kind: 'paragraph', text: t('email.notice.lockedOut') },
    { kind: 'action', label: t('email.action.reset'), link: ownResetLink(token) },
    { kind: 'warning', text: t('email.notice.itWasNotMeAt', { ...shop, link: own }) },
  ]
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
