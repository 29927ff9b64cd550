import type { BadgeProps } from '@/components/badge'
import { Section } from '@/components/card'
import { WayRow } from '@/components/way-row'
import type { CaseView, CaseWay } from '@/lib/support'
import { partText } from '../../../_text/screens'
import { getFormatter, getTranslations } from '../../../_text/translations'
import { CareForm } from '../../_forms/forms'
import { submitSendWord } from './actions'

const TONES = {
  ready: 'success',
  stale: 'warning',
  recycled: 'warning',
  unreachable: 'warning',
  unconfirmed: 'warning',
  pending: 'warning',
  missing: undefined,
} as const

/**
 * The addresses of the account, masked, with their state, and whether it has a saved code. A word can be
 * sent to each confirmed address.
 */
export async function Ways({ view: { number, ways, savedCode } }: { view: CaseView }) {
  const t = await getTranslations('careWays')
  return (
    <Section id="ways" heading={t('heading')}>
      <ul>
        {ways.map((way) => (
          <Way key={way.slot} way={way} number={number} />
        ))}
        <SavedCode savedCode={savedCode} />
      </ul>
    </Section>
  )
}

async function Way({ way, number }: { way: CaseWay; number: string }) {
  const t = await getTranslations()
  const { slot, state, present, addressId, isConfirmed } = way
  const tone = TONES[state]
  const badge: BadgeProps | undefined = tone && { tone, label: t(`careWays.state.${state}`) }
  return (
    <WayRow
      kind={slot.endsWith('email') ? 'email' : 'phone'}
      name={t(`slot.${slot}`)}
      mask={present ?? undefined}
      badge={badge}
      detail={await describe(way)}
    >
      {addressId && isConfirmed && state !== 'recycled' && (
        <SendWord number={number} addressId={addressId} slot={slot} />
      )}
    </WayRow>
  )
}

const SAVED_WORDS = { made: 'savedMade', unseen: 'savedUnseen', ended: 'savedEnded' } as const

async function SavedCode({ savedCode: saved }: Pick<CaseView, 'savedCode'>) {
  const [t, format] = [await getTranslations(), await getFormatter()]
  const dayOf = (at: Date) => ({ date: format.dateTime(at, { dateStyle: 'medium' }) })
  const detail =
    saved.state === 'none'
      ? t('careWays.savedNone')
      : t(`careWays.${SAVED_WORDS[saved.state]}`, dayOf(saved.at))
  const isThere = saved.state === 'made'
  return (
    <WayRow
      kind="code"
      name={t('slot.saved_code')}
      mask={undefined}
      isThere={isThere}
      detail={detail}
    />
  )
}

type SendProps = { number: string; addressId: string; slot: CaseWay['slot'] }

async function SendWord({ number, addressId, slot }: SendProps) {
  const t = await getTranslations()
  const submit = t('careWord.submitTo', { slot: t(`slotInSentence.${slot}`) })
  return (
    <div className="py-2">
      <CareForm
        name="button"
        action={submitSendWord.bind(null, number, addressId)}
        text={{ ...(await partText('careWord', [])), submit }}
        look="secondary"
      />
    </div>
  )
}

async function describe({ present, earlier, isDisputed, addedAt, lastVerifiedAt }: CaseWay) {
  const [t, format] = [await getTranslations('careWays'), await getFormatter()]
  const dayOf = (at: Date) => ({ date: format.dateTime(at, { dateStyle: 'medium' }) })
  const changed = earlier ? t('disputed', { earlier }) : t('disputedNew')
  return [
    ...(present ? [] : [t('missing')]),
    ...(addedAt ? [t('added', dayOf(addedAt))] : []),
    ...(lastVerifiedAt ? [t('verified', dayOf(lastVerifiedAt))] : []),
    ...(isDisputed ? [changed] : []),
  ].join(' ')
}
