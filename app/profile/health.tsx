import { getFormatter, getTranslations } from 'next-intl/server'
import { ActionButton } from '@/components/action-button'
import { Alert } from '@/components/alert'
import { Badge } from '@/components/badge'
import { Section } from '@/components/card'
import { TextLink } from '@/components/flow-page'
import { RecoveryMethodRow } from '@/components/recovery-method-row'
import type { Health, RecoveryMethod } from '@/lib/contacts'
import { env } from '@/lib/platform/env'
import { askForProof } from './recovery/[kind]/verify/actions'

const LOOK = {
  ready: 'sure',
  stale: 'weak',
  unreachable: 'weak',
  unconfirmed: 'weak',
  pending: 'weak',
  missing: 'missing',
} as const

/** The recovery methods of the account, their state, and links that improve them. */
export async function HealthSection({ health }: { health: Health }) {
  const t = await getTranslations('profile')
  const isWeak =
    health.reachableCount < 2 || health.methods.some(({ state }) => LOOK[state] === 'weak')
  return (
    <Section
      id="health"
      heading={t('healthHeading')}
      aside={
        <Badge
          tone={isWeak ? 'warning' : 'success'}
          label={t(isWeak ? 'healthWeak' : 'healthReady')}
        />
      }
    >
      <div className="grid gap-4">
        <Verdict reachableCount={health.reachableCount} />
        <ul>
          {health.methods.map((way) => (
            <RecoveryMethodItem
              key={`${way.role}_${way.kind}`}
              way={way}
              isDue={way.role === 'recovery' && health.due.includes(way.kind)}
            />
          ))}
        </ul>
      </div>
    </Section>
  )
}

async function Verdict({ reachableCount }: { reachableCount: number }) {
  const t = await getTranslations('profile')
  if (reachableCount > 1) return <p>{t('healthSome', { count: reachableCount })}</p>
  const words = reachableCount === 1 ? ('healthOne' as const) : ('healthNone' as const)
  return (
    <Alert tone="warning" title={t(`${words}Title`)}>
      <p>{t(words)}</p>
    </Alert>
  )
}

async function RecoveryMethodItem({ way, isDue }: { way: RecoveryMethod; isDue: boolean }) {
  const t = await getTranslations()
  const { role, kind, state } = way
  const isMail = role === 'primary' && kind === 'email'
  const isUnproven = state === 'unconfirmed' || state === 'pending'
  const details = [
    await describe(way, isDue),
    ...(isMail && !isUnproven && state !== 'missing' ? [t('profile.healthUnfreeze')] : []),
  ]
  const name = t(`slot.${role}_${kind}`)
  return (
    <RecoveryMethodRow
      look={LOOK[state]}
      name={name}
      question={isDue ? t('profile.check') : undefined}
      details={details}
    >
      {isDue && (
        <form action={askForProof.bind(null, kind)}>
          <ActionButton look="secondary">
            {t('profile.checkSend')}
            <span className="sr-only"> {name}</span>
          </ActionButton>
        </form>
      )}
      {isMail && isUnproven && (
        <TextLink href="/profile/email/verify">{t('profile.healthConfirm')}</TextLink>
      )}
      {isMail && state === 'missing' && (
        <TextLink href="/profile/email">{t('profile.healthAdd')}</TextLink>
      )}
    </RecoveryMethodRow>
  )
}

async function describe(
  { role, state, lastVerifiedAt }: RecoveryMethod,
  isDue: boolean,
): Promise<string> {
  const [t, format] = [await getTranslations(), await getFormatter()]
  const date = lastVerifiedAt ? format.dateTime(lastVerifiedAt, { dateStyle: 'medium' }) : ''
  const points = env().RECOVERY_CHECK_POINTS
  if (isDue) {
    const reward =
      points > 0 ? [t('profile.checkReward', { points: t('common.points', { points }) })] : []
    return [t('profile.checkText', { date }), ...reward].join(' ')
  }
  switch (state) {
    case 'ready':
      return t('profile.healthVerified', { date })
    case 'stale':
      return t('profile.healthStale', { date })
    case 'unreachable':
      return t('profile.unreachableHint')
    case 'unconfirmed':
      return t(role === 'primary' ? 'profile.unconfirmedHint' : 'profile.waitingHint')
    case 'pending':
      return t('profile.pendingHint')
    case 'missing':
      return t('profile.healthMissing')
    default:
      return state satisfies never
  }
}
