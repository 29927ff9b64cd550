import type { BadgeProps } from '@/components/badge'
import { buttonClass } from '@/components/button'
import { WayRow } from '@/components/way-row'
import type { SavedCodeState } from '@/lib/recovery'
import { getFormatter, getTranslations } from '../_text/translations'

const WORDS = {
  made: 'savedCodeMade',
  unseen: 'savedCodeUnseen',
  ended: 'savedCodeEnded',
} as const

type Props = { saved: SavedCodeState; isLocked: boolean }

/** "Kode cadangan": whether there is one, and a link that makes another. */
export async function SavedCodeRow({ saved, isLocked }: Props) {
  const [t, format] = [await getTranslations(), await getFormatter()]
  const isMade = saved.state === 'made'
  const badge: BadgeProps | undefined = isMade
    ? { tone: 'success', label: t('profile.confirmed') }
    : undefined
  const name = t('slot.saved_code')
  const detail =
    saved.state === 'none'
      ? t('profile.savedCodeNone')
      : t(`profile.${WORDS[saved.state]}`, {
          date: format.dateTime(saved.at, { dateStyle: 'medium' }),
        })
  return (
    <WayRow
      kind="code"
      name={name}
      mask={undefined}
      isThere={isMade}
      badge={badge}
      detail={detail}
      isShort
    >
      {!isLocked && (
        <a href="/profile/saved-code" className={buttonClass('quiet')}>
          {t(isMade ? 'profile.change' : 'profile.make')}
          <span className="sr-only"> {name}</span>
        </a>
      )}
    </WayRow>
  )
}
