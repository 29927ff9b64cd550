import { redirect } from 'next/navigation'
import { CopyButton } from '@/components/copy-button'
import { FlowPage } from '@/components/flow-page'
import { invitationLink } from '@/lib/support'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'
import { requireStaff } from '../../_session/staff'
import { justInvited } from '../invitation-cookie'

/** The link of a new invitation. Nobody can read it later. */
export default async function InvitedPage() {
  await requireStaff(['administrator'])
  const token = await justInvited()
  const link = token && invitationLink(token)
  if (!link) redirect('/care/staff')
  const t = await getTranslations('careInvited')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro')}
      back={{ href: '/care/staff', label: t('back') }}
    >
      <PageTitle screen="careInvited" />
      <p className="rounded-control border border-line bg-raised p-4 font-mono text-sm break-all">
        {link}
      </p>
      <CopyButton text={link} label={t('copy')} copiedLabel={t('copied')} />
      <p>{t('next')}</p>
    </FlowPage>
  )
}
