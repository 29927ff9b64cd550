import { getFormatter, getTranslations } from 'next-intl/server'
import { AddressRow } from '@/components/address-row'
import { buttonClass } from '@/components/button'
import type { ProfileAddress } from '@/lib/account'

/** The primary addresses, masked. */
export async function PrimaryList({ addresses }: { addresses: ProfileAddress[] }) {
  const t = await getTranslations('profile')
  return (
    <ul>
      {addresses.map(({ kind, mask }) => (
        <AddressRow key={kind} kind={kind} label={t(kind)} masked={mask} />
      ))}
    </ul>
  )
}

/** The recovery addresses, masked, each with its state and what can be done with it. */
export async function RecoveryList({ addresses }: { addresses: ProfileAddress[] }) {
  const [t, format] = [await getTranslations('profile'), await getFormatter()]
  if (addresses.length === 0) return <p className="text-muted">{t('recoveryEmpty')}</p>
  return (
    <ul>
      {addresses.map(({ kind, mask, addedAt, ...held }) => {
        const state = stateOf(held)
        const added = t('addedAt', { date: format.dateTime(addedAt, { dateStyle: 'medium' }) })
        return (
          <AddressRow
            key={kind}
            kind={kind}
            label={t(kind)}
            masked={mask}
            badge={{ tone: state === 'confirmed' ? 'success' : 'warning', label: t(state) }}
            detail={state === 'confirmed' ? added : `${added}. ${t(`${state}Hint`)}`}
          >
            {!held.confirmedAt && (
              <a href={`/profile/recovery/${kind}/confirm`} className={buttonClass('secondary')}>
                {t('confirm')}
                <span className="sr-only"> {mask}</span>
              </a>
            )}
            <a href={`/profile/recovery/${kind}/remove`} className={buttonClass('quiet')}>
              {t('remove')}
              <span className="sr-only"> {mask}</span>
            </a>
          </AddressRow>
        )
      })}
    </ul>
  )
}

/** An address that cannot be reached recovers nothing, confirmed or not: that is said first. */
function stateOf({ confirmedAt, isReachable }: Pick<ProfileAddress, 'confirmedAt' | 'isReachable'>) {
  if (!isReachable) return 'unreachable' as const
  return confirmedAt ? ('confirmed' as const) : ('waiting' as const)
}
