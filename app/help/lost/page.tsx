import { Alert } from '@/components/alert'
import { Section } from '@/components/card'
import { CareList } from '@/components/care'
import { BackLink, TextLink } from '@/components/flow-page'
import { type IconType, Laptop, Mail, ScrollText, Smartphone } from '@/components/icons'
import { PageHeading } from '@/components/page-heading'
import { env } from '@/lib/platform/env'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'
import { careContacts } from '../care-contacts'
import { Facts } from './facts'

const WAYS = [
  { name: 'code', icon: ScrollText },
  { name: 'sim', icon: Smartphone },
  { name: 'email', icon: Mail },
  { name: 'device', icon: Laptop },
] as const satisfies { name: string; icon: IconType }[]

/**
 * For a customer with neither password nor primary number nor recovery address: what to try, what
 * customer care needs and can do (`lib/support`), and what nobody may ask for.
 */
export default async function LostPage() {
  const t = await getTranslations('lost')
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-6">
      <PageTitle screen="lost" />
      <BackLink href="/help" label={t('toHelp')} />
      <PageHeading heading={t('title')} intro={t('intro')} />
      <Section id="first" heading={t('firstHeading')}>
        <ol className="grid gap-4">
          {WAYS.map(({ name, icon: Icon }) => (
            <li key={name} className="flex gap-4">
              <Icon className="mt-0.5 size-6 shrink-0 text-accent" />
              <div>
                <h3 className="font-semibold">{t(`first.${name}.title`)}</h3>
                <p className="text-muted">{t(`first.${name}.text`)}</p>
              </div>
            </li>
          ))}
        </ol>
        <p className="mt-2 ps-10">
          <TextLink href="/reset">{t('reset')}</TextLink>
        </p>
      </Section>
      <Section id="care" heading={t('careHeading')}>
        <Facts />
      </Section>
      <Alert tone="warning" title={t('neverTitle')}>
        <p>{t('never', { brand: env().BRAND_NAME })}</p>
      </Alert>
      <Section id="contacts" heading={t('contactsHeading')}>
        <CareList contacts={await careContacts()} />
      </Section>
    </div>
  )
}
