'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { submitNewPassword } from '../actions'
import { newPasswordSchema } from '../schema'

export function NewPasswordForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitNewPassword} schema={newPasswordSchema} {...props} />
}
