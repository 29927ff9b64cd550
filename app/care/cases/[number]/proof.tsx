import { Alert } from '@/components/alert'
import { Section } from '@/components/card'
import { WordField } from '@/components/care/word-field'
import type { CaseView, CaseWord } from '@/lib/support'
import { formatMoment, formatTime } from '../../../_text/format'
import { partText } from '../../../_text/screens'
import { getTranslations } from '../../../_text/translations'
import { CareForm } from '../../_forms/forms'
import { submitCheckWord } from './actions'

type Props = { view: CaseView; now: Date }

/** The words that callers have read out, and the form for the next one. */
export async function Proof({ view: { number, words }, now }: Props) {
  const t = await getTranslations('careProof')
  const shown = words.filter(({ passedAt, expiresAt }) => passedAt || expiresAt > now)
  return (
    <Section id="proof" heading={t('heading')}>
      <div className="grid gap-4">
        <p className="text-muted">{t('intro')}</p>
        {shown.length === 0 && <p>{t('none')}</p>}
        {shown.map((word) => (
          <Word key={`${word.kind} ${word.createdAt.toISOString()}`} word={word} now={now} />
        ))}
        <CareForm
          name="word"
          action={submitCheckWord.bind(null, number)}
          text={await partText('careProof', ['care_word_empty', 'care_looks_like_code'])}
        >
          <WordField name="callerWord" label={t('word')} hint={t('wordHint')} />
        </CareForm>
      </div>
    </Section>
  )
}

async function Word({ word, now }: { word: CaseWord; now: Date }) {
  const t = await getTranslations('careProof')
  const { by, passedAt, countsUntil, expiresAt, attemptsLeft } = word
  const mask = word.mask ?? t('ownProfile')
  if (!passedAt) {
    const until = await formatTime(expiresAt)
    return <p>{t('sent', { mask, by: by ?? '', until, count: attemptsLeft })}</p>
  }
  const at = await formatMoment(passedAt)
  return countsUntil && countsUntil > now ? (
    <Alert tone="success">{t('passed', { mask, at, until: await formatTime(countsUntil) })}</Alert>
  ) : (
    <p className="text-muted">{t('passedOver', { mask, at })}</p>
  )
}
