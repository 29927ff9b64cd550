'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { submitLogin } from './actions'
import { loginSchema } from './schema'

export function LoginForm(props: Pick<FlowFormProps, 'text' | 'values' | 'children'>) {
  return <FlowForm action={submitLogin} schema={loginSchema} {...props} />
}
