import { getFormatter, getTranslations } from 'next-intl/server'
import { AddressRow } from '@/components/address-row'
import { buttonClass } from '@/components/button'
import type { ProfileAddress } from '@/lib/accounts'

/** The primary addresses, masked. The e-mail stays unconfirmed from the registration until a code to it comes back. */
export async function PrimaryList({ addresses }: { addresses: ProfileAddress[] }) {
  const t = await getTranslations('profile')
  return (
    <ul>
      {addresses.map(({ kind, mask, confirmedAt }) => (
        <AddressRow
          key={kind}
          kind={kind}
          label={t(kind)}
          masked={mask}
          {...(!confirmedAt && { badge: { tone: 'warning', label: t('unconfirmed') } })}
        >
          <AddressLink href={`/profile/${kind}`} label={t('change')} mask={mask} />
        </AddressRow>
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
        const isConfirmed = held.confirmedAt !== null
        return (
          <AddressRow
            key={kind}
            kind={kind}
            label={t(kind)}
            masked={mask}
            badge={{ tone: state === 'confirmed' ? 'success' : 'warning', label: t(state) }}
            detail={t('addedAt', { date: format.dateTime(addedAt, { dateStyle: 'medium' }) })}
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

/** What can be done with one address; the address itself is said to who cannot see the row. */
function AddressLink({ href, look = 'quiet', label, mask }: AddressLinkProps) {
  return (
    <a href={href} className={buttonClass(look)}>
      {label}
      <span className="sr-only"> {mask}</span>
    </a>
  )
}

/** An address that cannot be reached recovers nothing, confirmed or not: that is said first. */
function stateOf({
  confirmedAt,
  isReachable,
}: Pick<ProfileAddress, 'confirmedAt' | 'isReachable'>) {
  if (!isReachable) return 'unreachable' as const
  return confirmedAt ? ('confirmed' as const) : ('waiting' as const)
}
