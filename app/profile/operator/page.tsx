import { redirect } from 'next/navigation'
import { FlowPage, TextLink } from '@/components/flow-page'
import { env } from '@/lib/platform/env'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'

const PARTS = ['swap', 'recycled', 'yearly', 'why', 'kept'] as const

/**
 * What a mobile operator is asked about a number, why, on which legal basis, and what is kept (UU PDP
 * article 21).
 */
export default async function OperatorPage() {
  await requireSession('/profile/operator')
  if (env().NUMBER_SIGNALS === 'none') redirect('/profile')
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('operator.title')}
      intro={t('operator.intro')}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={<TextLink href="/help">{t('operator.object')}</TextLink>}
    >
      <PageTitle screen="operator" />
      <dl className="grid gap-4">
        {PARTS.map((part) => (
          <div key={part}>
            <dt className="font-semibold">{t(`operator.${part}`)}</dt>
            <dd className="text-muted">{t(`operator.${part}Text`)}</dd>
          </div>
        ))}
      </dl>
    </FlowPage>
  )
}
