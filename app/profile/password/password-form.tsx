'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitPasswordChange } from './actions'

const passwordSchema = () => import('./schema').then((schemas) => schemas.passwordSchema)

export function PasswordForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitPasswordChange} schema={passwordSchema} {...props} />
}
