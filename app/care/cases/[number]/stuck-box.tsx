import type { CaseView } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'

type StuckReason = CaseView['stuck']['reasons'][number]

/** Why the customer cannot get in, and the step to propose first. */
export async function StuckBox({ stuck: { reasons, next } }: Pick<CaseView, 'stuck'>) {
  const t = await getTranslations()
  const sentences = await Promise.all(reasons.map(reasonSentence))
  return (
    <section
      aria-labelledby="stuck"
      className="grid gap-4 rounded-card border-2 border-accent bg-tint p-6 lg:grid-cols-2"
    >
      <div className="grid content-start gap-2">
        <h2 id="stuck" className="text-lg font-semibold">
          {t('careCase.stuckHeading')}
        </h2>
        <ul className="grid gap-2">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <div className="grid content-start gap-2">
        <h3 className="text-lg font-semibold">{t('careCase.nextHeading')}</h3>
        <p className="font-semibold">{t(`careNext.${next}`)}</p>
      </div>
    </section>
  )
}

async function reasonSentence(stuck: StuckReason) {
  const t = await getTranslations('careStuck')
  return t(stuck.reason, { at: 'until' in stuck ? await formatMoment(stuck.until) : '' })
}
