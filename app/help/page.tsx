import { getTranslations } from 'next-intl/server'
import { Section } from '@/components/card'
import { CareList } from '@/components/care'
import { PageHeading } from '@/components/page-heading'
import { env } from '@/lib/platform/env'
import { PageTitle } from '../_text/page-title'
import { careContacts } from './care-contacts'

const QUESTIONS = ['code', 'expired', 'lostPhone', 'recovery', 'points', 'stranger'] as const

export default async function HelpPage() {
  const t = await getTranslations('help')
  const { BRAND_NAME: brand, RECOVERY_REWARD_POINTS: points, CODE_LIFETIME_SECONDS } = env()
  const facts = { brand, points, minutes: Math.floor(CODE_LIFETIME_SECONDS / 60) }
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <PageTitle screen="help" />
      <PageHeading heading={t('heading')} intro={t('intro', facts)} />
      <Section id="questions" heading={t('questionsHeading')}>
        {QUESTIONS.map((question) => (
          <details key={question} className="group border-t border-line first-of-type:border-0">
            <summary className="min-h-11 py-3 font-medium">
              {t(`questions.${question}.question`, facts)}
            </summary>
            <p className="pb-4 text-muted">{t(`questions.${question}.answer`, facts)}</p>
          </details>
        ))}
      </Section>
      <Section id="contacts" heading={t('contactsHeading')}>
        <CareList contacts={await careContacts()} />
      </Section>
    </div>
  )
}
