'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitNewPassword } from '../actions'

const newPasswordSchema = () => import('../schema').then((schemas) => schemas.newPasswordSchema)

export function NewPasswordForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitNewPassword} schema={newPasswordSchema} {...props} />
}
