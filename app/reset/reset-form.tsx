'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitReset } from './actions'

const resetSchema = () => import('./schema').then((schemas) => schemas.resetSchema)

export function ResetForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitReset} schema={resetSchema} {...props} />
}
