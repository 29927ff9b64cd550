import { Card } from '@/components/card'
import { CopyButton } from '@/components/copy-button'
import { PageHeading } from '@/components/page-heading'
import { parseLocale } from '@/lib/platform/locale'
import type { CaseLimits, CaseView } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'
import { pathWords } from '../../_text/words'

/** The number of the case, who opened it and why, and the state of the account. */
export async function CaseHeader({ view }: { view: CaseView }) {
  const t = await getTranslations()
  const { number, openedAt, openedBy, reason, language } = view
  const at = await formatMoment(openedAt)
  return (
    <Card>
      <div className="grid gap-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6">
          <PageHeading heading={t('careCase.heading', { number })} />
          <CopyButton text={number} label={t('careCase.copy')} copiedLabel={t('careCase.copied')} />
        </div>
        <div className="text-sm text-muted">
          <p>{t('careCase.opened', { at, name: openedBy, reason })}</p>
          <p>{t('careCase.language', { language: t(`footer.${parseLocale(language)}`) })}</p>
        </div>
        <div className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
          <State view={view} />
          <Limits limits={view.limits} />
        </div>
      </div>
    </Card>
  )
}

async function State({ view }: { view: CaseView }) {
  const t = await getTranslations('careCase')
  const lines = await stateLines(view)
  return (
    <section aria-labelledby="state">
      <h2 id="state" className="text-lg font-semibold">
        {t('state')}
      </h2>
      <Lines lines={lines.length > 0 ? lines : [t('normal')]} />
    </section>
  )
}

async function stateLines({ frozen, restrictedUntil, eraseAt }: CaseView): Promise<string[]> {
  const t = await getTranslations('careCase')
  const { reference } = frozen ?? {}
  return [
    ...(frozen ? [t(`frozenBy.${frozen.by}`, { at: await formatMoment(frozen.at) })] : []),
    ...(reference ? [t('frozenReference', { reference })] : []),
    ...(restrictedUntil ? [t('restricted', { at: await formatMoment(restrictedUntil) })] : []),
    ...(eraseAt ? [t('erasing', { at: await formatMoment(eraseAt) })] : []),
  ]
}

async function Limits({ limits }: { limits: CaseLimits }) {
  const t = await getTranslations('careCase')
  const lines = [
    ...(await Promise.all(limits.attempts.map(attemptsLine))),
    ...(await Promise.all(limits.codes.map(codesLine))),
  ]
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="limits">
      <h2 id="limits" className="text-lg font-semibold">
        {t('limitsHeading')}
      </h2>
      <Lines lines={lines} />
    </section>
  )
}

async function attemptsLine({ path, scope, used, of, isUsedUp }: CaseLimits['attempts'][number]) {
  const t = await getTranslations('careCase')
  const named = { path: await pathWords(path), scope: t(`scope.${scope}`), used }
  return isUsedUp ? t('attemptsUsedUp', named) : t('attempts', { ...named, of })
}

async function codesLine({ of, until }: CaseLimits['codes'][number]) {
  const t = await getTranslations('careCase.codes')
  return t(of, { at: await formatMoment(until) })
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul className="grid gap-1">
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
