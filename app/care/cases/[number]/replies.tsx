import { Section } from '@/components/card'
import { CopyButton } from '@/components/copy-button'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import type { CaseView } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'

type StuckReason = CaseView['stuck']['reasons'][number]

/** What staff may write to the customer about each reason, in both languages. */
export async function Replies({ reasons }: { reasons: readonly StuckReason[] }) {
  const t = await getTranslations('careCase')
  return (
    <Section id="replies" heading={t('repliesHeading')}>
      <div className="grid gap-4">
        {reasons.flatMap((stuck) =>
          LOCALES.map((locale) => (
            <Reply key={`${stuck.reason} ${locale}`} stuck={stuck} locale={locale} />
          )),
        )}
      </div>
    </Section>
  )
}

async function Reply({ stuck, locale }: { stuck: StuckReason; locale: Locale }) {
  const text = await replyIn(locale, stuck)
  const t = await getTranslations('careReply')
  return (
    <div className="rounded-control border border-line bg-raised px-4 py-2">
      <p lang={locale}>{text}</p>
      <CopyButton text={text} label={t(`copyIn.${locale}`)} copiedLabel={t('copied')} />
    </div>
  )
}

async function replyIn(locale: Locale, stuck: StuckReason) {
  const t = await getTranslations('careReplyText', locale)
  return t(stuck.reason, { at: 'until' in stuck ? await formatMoment(stuck.until, locale) : '' })
}
