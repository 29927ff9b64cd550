'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitLogin } from './actions'

const loginSchema = () => import('./schema').then((schemas) => schemas.loginSchema)

export function LoginForm(props: Pick<FlowFormProps, 'text' | 'values' | 'children'>) {
  return <FlowForm action={submitLogin} schema={loginSchema} {...props} />
}
