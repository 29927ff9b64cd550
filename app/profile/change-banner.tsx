import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { env } from '@/lib/platform/env'

/** What a flow that ended in the profile has changed, by the word in the page's address. */
const CHANGES = {
  password: 'changedPassword',
  removed: 'changedRemoved',
  phone: 'changedPhone',
  email: 'changedEmail',
  verified: 'changedVerified',
  recovery: 'changedRecovery',
  reachable: 'changedReachable',
  rewarded: 'changedRewarded',
} as const

const isChange = (word: string | undefined): word is keyof typeof CHANGES =>
  word !== undefined && Object.hasOwn(CHANGES, word)

/** Names the change once, at the top of the profile; nothing for any other word. */
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
