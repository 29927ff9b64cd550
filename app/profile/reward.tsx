import { Coins } from '@/components/icons'
import { statementOf } from '@/lib/points'
import type { PointsReason } from '@/prisma/client/enums'
import { getTranslations } from '../_text/translations'

type Props = { userId: string; reason: PointsReason; since: Date }

/** The points that a customer has earned for this reason since a time, and the balance. */
export async function Reward({ userId, reason, since }: Props) {
  const { balance: points, entries } = await statementOf(userId)
  const reward = entries.find((entry) => entry.reason === reason && entry.createdAt >= since)
  const t = await getTranslations()
  const balance = t('recoveryDone.points', { points: t('common.points', { points }) })
  if (!reward) return <p>{balance}</p>
  return (
    <div className="flex items-center gap-4 rounded-card bg-tint p-4">
      <Coins aria-hidden className="size-8 shrink-0 text-accent" />
      <p className="grid">
        <span className="text-2xl font-bold text-accent tabular-nums">
          {t('recoveryDone.gained', { points: t('common.points', { points: reward.amount }) })}
        </span>
        <span>{balance}</span>
      </p>
    </div>
  )
}
