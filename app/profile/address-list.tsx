import { getFormatter, getTranslations } from 'next-intl/server'
import { AddressRow } from '@/components/address-row'
import { buttonClass } from '@/components/button'
import type { ProfileAddress } from '@/lib/accounts'

/**
 * The primary addresses, masked. The e-mail is unconfirmed until the customer enters a code that
 * was sent to it. An account without one is offered to add it.
 */
export async function PrimaryList({ addresses }: { addresses: ProfileAddress[] }) {
  const t = await getTranslations('profile')
  return (
    <ul>
      {!addresses.some(({ kind }) => kind === 'email') && (
        <AddressRow kind="email" label={t('email')} masked={t('noEmail')}>
          <AddressLink
            href="/profile/email"
            look="secondary"
            label={t('addEmail')}
            mask={t('email')}
          />
        </AddressRow>
      )}
      {addresses.map(({ kind, mask, confirmedAt, isUsable }) => (
        <AddressRow
          key={kind}
          kind={kind}
          label={t(kind)}
          masked={mask}
          {...(!confirmedAt && { badge: { tone: 'warning', label: t('unconfirmed') } })}
          {...(!isUsable && { detail: t('pendingDetail') })}
        >
          <AddressLink href={`/profile/${kind}`} label={t('change')} mask={mask} />
        </AddressRow>
      ))}
    </ul>
  )
}

/** The recovery addresses, masked, each with its state and its actions. */
export async function RecoveryList({ addresses }: { addresses: ProfileAddress[] }) {
  const [t, format] = [await getTranslations('profile'), await getFormatter()]
  if (addresses.length === 0) return <p className="text-muted">{t('recoveryEmpty')}</p>
  const dayOf = (at: Date) => format.dateTime(at, { dateStyle: 'medium' })
  const detailOf = (addedAt: Date, consent: ProfileAddress['consent']) => {
    const date = dayOf(addedAt)
    if (!consent) return t('addedAt', { date })
    const consentDate = dayOf(consent.at)
    return t('addedWithConsent', { date, consentDate, version: consent.version })
  }
  return (
    <ul>
      {addresses.map(({ kind, mask, addedAt, ...held }) => {
        const state = stateOf(held)
        const isConfirmed = held.confirmedAt !== null
        return (
          <AddressRow
            key={kind}
            kind={kind}
            label={t(kind)}
            masked={mask}
            badge={{ tone: state === 'confirmed' ? 'success' : 'warning', label: t(state) }}
            detail={detailOf(addedAt, held.consent)}
          >
            <AddressLink
              href={`/profile/recovery/${kind}/${isConfirmed ? 'replace' : 'confirm'}`}
              look={isConfirmed ? 'quiet' : 'secondary'}
              label={t(isConfirmed ? 'change' : 'confirm')}
              mask={mask}
            />
            <AddressLink
              href={`/profile/recovery/${kind}/remove`}
              label={t('remove')}
              mask={mask}
            />
          </AddressRow>
        )
      })}
    </ul>
  )
}

type AddressLinkProps = { href: string; look?: 'secondary' | 'quiet'; label: string; mask: string }

/** An action of one address. Screen readers also read the address. */
function AddressLink({ href, look = 'quiet', label, mask }: AddressLinkProps) {
  return (
    <a href={href} className={buttonClass(look)}>
      {label}
      <span className="sr-only"> {mask}</span>
    </a>
  )
}

/** An unreachable address recovers nothing, confirmed or not, so that state comes first. */
function stateOf({
  confirmedAt,
  isReachable,
}: Pick<ProfileAddress, 'confirmedAt' | 'isReachable'>) {
  if (!isReachable) return 'unreachable' as const
  return confirmedAt ? ('confirmed' as const) : ('waiting' as const)
}
