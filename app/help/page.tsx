import { Section } from '@/components/card'
import { CareList } from '@/components/care'
import { Disclosure } from '@/components/disclosure'
import { TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { env } from '@/lib/platform/env'
import { currentSession } from '../_session/session'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
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
          <Disclosure
            key={question}
            summary={t(`questions.${question}.question`, facts)}
            className="border-t border-line first-of-type:border-0"
          >
            <p className="pb-4 text-muted">{t(`questions.${question}.answer`, facts)}</p>
          </Disclosure>
        ))}
        <p className="border-t border-line pt-2">
          <TextLink href="/help/lost">{t('lost')}</TextLink>
        </p>
      </Section>
      <Section id="contacts" heading={t('contactsHeading')}>
        <CareList contacts={await careContacts()} />
        {(await currentSession()) && (
          <p className="pt-4">
            <TextLink href="/profile/care">{t('calling')}</TextLink>
          </p>
        )}
      </Section>
    </div>
  )
}
