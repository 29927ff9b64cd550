'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitRegistration } from './actions'

const registerSchema = () => import('./schema').then((schemas) => schemas.registerSchema)

export function RegisterForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitRegistration} schema={registerSchema} {...props} />
}
