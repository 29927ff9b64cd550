import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { env } from '@/lib/platform/env'

/** The message for a completed flow, by the search parameter `changed`. */
const CHANGES = {
  password: 'changedPassword',
  removed: 'changedRemoved',
  phone: 'changedPhone',
  email: 'changedEmail',
  verified: 'changedVerified',
  recovery: 'changedRecovery',
  reachable: 'changedReachable',
  rewarded: 'changedRewarded',
  kept: 'changedKept',
  lifted: 'changedLifted',
} as const

const isChange = (word: string | undefined): word is keyof typeof CHANGES =>
  word !== undefined && Object.hasOwn(CHANGES, word)

/** The message at the top of the profile; nothing for an unknown parameter. */
export async function ChangeBanner({ changed }: { changed: string | undefined }) {
  if (!isChange(changed)) return null
  const t = await getTranslations()
  const points = t('common.points', { points: env().RECOVERY_CHECK_POINTS })
  return (
    <Alert tone="success" role="status">
      {t(`profile.${CHANGES[changed]}`, { points })}
    </Alert>
  )
}
