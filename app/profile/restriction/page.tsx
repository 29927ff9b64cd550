import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { RadioGroup } from '@/components/form/radio-group'
import { Mail, Smartphone } from '@/components/icons'
import { MaskedAddress } from '@/components/masked-address'
import { findRestriction } from '@/lib/recovery'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { getFormatter, getTranslations } from '../../_text/translations'
import { submitLifter } from './actions'

export default async function RestrictionPage(params: FlowEndParams) {
  const { userId } = await requireSession('/profile/restriction')
  const restriction = await findRestriction(userId, new Date())
  const [t, format] = [await getTranslations('restriction'), await getFormatter()]
  const back = { href: '/profile', label: t('toProfile') }
  const until =
    restriction && format.dateTime(restriction.until, { dateStyle: 'medium', timeStyle: 'short' })
  if (!until || restriction.lifters.length === 0)
    return (
      <FlowPage heading={t('title')} back={back}>
        <PageTitle screen="restriction" />
        <FlowEndBanner {...params} />
        <Alert>{until ? t('none', { until }) : t('over')}</Alert>
      </FlowPage>
    )
  const choices = restriction.lifters.map(({ id, mask, kind }) => ({
    value: id,
    label: <MaskedAddress mask={mask} />,
    icon: kind === 'email' ? <Mail aria-hidden /> : <Smartphone aria-hidden />,
  }))
  const [only, ...others] = choices
  return (
    <FlowPage heading={t('title')} intro={t('intro')} back={back}>
      <FlowEndBanner {...params} />
      <Form
        name="restriction"
        action={submitLifter}
        text={await formText('restriction', ['choice_missing'])}
        {...(only && others.length === 0 && { values: { address: only.value } })}
      >
        <RadioGroup name="address" legend={t('choice')} choices={choices} />
      </Form>
    </FlowPage>
  )
}
