import { ActionButton } from '@/components/action-button'
import { Alert } from '@/components/alert'
import type { BadgeProps } from '@/components/badge'
import { Section } from '@/components/card'
import { WayRow } from '@/components/way-row'
import type { Health, RecoveryMethod } from '@/lib/contacts'
import { env } from '@/lib/platform/env'
import type { SavedCodeState } from '@/lib/recovery'
import { getFormatter, getTranslations } from '../_text/translations'
import { showAddresses } from './addresses/actions'
import { SavedCodeRow } from './saved-code-row'
import { WayActions } from './way-actions'

/** `isLocked`: nothing can be changed now, so no action is offered. */
type Props = { health: Health; saved: SavedCodeState; isLocked: boolean; isLeaving: boolean }

/**
 * "Cara masuk kalau terkunci": the addresses of the account and its saved code, what each is good for,
 * its state, and what can be done with it.
 */
export async function WaysSection({ health, saved, isLocked, isLeaving }: Props) {
  const t = await getTranslations('profile')
  return (
    <Section id="ways" heading={t('waysHeading')}>
      <div className="grid gap-4">
        <Verdict waysCount={health.reachableCount + (saved.state === 'made' ? 1 : 0)} />
        <ul>
          {health.methods.map((way) => (
            <Way
              key={`${way.role}_${way.kind}`}
              way={way}
              isDue={way.role === 'recovery' && health.due.includes(way.kind)}
              isLocked={isLocked}
            />
          ))}
          <SavedCodeRow saved={saved} isLocked={isLocked || isLeaving} />
        </ul>
        {!isLocked && (
          <form action={showAddresses} className="no-print">
            <ActionButton look="quiet">{t('showAddresses')}</ActionButton>
          </form>
        )}
      </div>
    </Section>
  )
}

async function Verdict({ waysCount: count }: { waysCount: number }) {
  const t = await getTranslations('profile')
  if (count > 1) return <p>{t('healthSome', { count })}</p>
  const words = count === 1 ? ('healthOne' as const) : ('healthNone' as const)
  return (
    <Alert tone="warning" title={t(`${words}Title`)}>
      <p>{t(words)}</p>
    </Alert>
  )
}

const BADGES = {
  ready: { tone: 'success', word: 'confirmed' },
  stale: { tone: 'warning', word: 'stale' },
  recycled: { tone: 'warning', word: 'recycled' },
  unreachable: { tone: 'warning', word: 'unreachable' },
  unconfirmed: { tone: 'warning', word: 'waiting' },
  pending: { tone: 'warning', word: 'waiting' },
  missing: undefined,
} as const

type WayProps = { way: RecoveryMethod; isDue: boolean; isLocked: boolean }

async function Way({ way, isDue, isLocked }: WayProps) {
  const t = await getTranslations()
  const { role, kind, state, mask } = way
  const found = BADGES[state]
  const badge: BadgeProps | undefined = found && {
    tone: found.tone,
    label: t(`profile.${found.word}`),
  }
  const name = t(`slot.${role}_${kind}`)
  return (
    <WayRow
      kind={kind}
      name={name}
      mask={mask}
      badge={badge}
      detail={await describe(way, isDue)}
      isShort={role === 'primary' && state === 'ready'}
    >
      <WayActions way={way} isDue={isDue} isLocked={isLocked} name={name} />
    </WayRow>
  )
}

async function describe(
  { role, kind, state, lastVerifiedAt, addedAt }: RecoveryMethod,
  isDue: boolean,
): Promise<string> {
  const [t, format] = [await getTranslations('profile'), await getFormatter()]
  const dayOf = (at: Date | null) => (at ? format.dateTime(at, { dateStyle: 'medium' }) : '')
  const date = dayOf(lastVerifiedAt)
  if (isDue) return [t('checkText', { date }), ...(await rewardWords())].join(' ')
  switch (state) {
    case 'ready': {
      const verified = t('healthVerified', { date })
      if (role === 'recovery') return `${t('addedAt', { date: dayOf(addedAt) })} ${verified}`
      return kind === 'email' ? `${verified} ${t('healthUnfreeze')}` : verified
    }
    case 'stale':
      return t('healthStale', { date })
    case 'recycled':
      return t('recycledHint')
    case 'unreachable':
      return t('unreachableHint')
    case 'unconfirmed':
      return t(role === 'primary' ? 'unconfirmedHint' : 'waitingHint')
    case 'pending':
      return t('pendingHint')
    case 'missing':
      return t('healthMissing')
    default:
      return state satisfies never
  }
}

async function rewardWords() {
  const points = env().RECOVERY_CHECK_POINTS
  if (points === 0) return []
  const t = await getTranslations()
  return [t('profile.checkReward', { points: t('common.points', { points }) })]
}
