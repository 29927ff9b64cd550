'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { saveEmail, savePhone } from './actions'

const emailSchema = () => import('./schema').then((schemas) => schemas.emailSchema)
const phoneSchema = () => import('./schema').then((schemas) => schemas.phoneSchema)

type Props = Pick<FlowFormProps, 'text' | 'values' | 'children'>

export function RecoveryEmailForm(props: Props) {
  return <FlowForm action={saveEmail} schema={emailSchema} {...props} />
}

export function RecoveryPhoneForm(props: Props) {
  return <FlowForm action={savePhone} schema={phoneSchema} {...props} />
}
