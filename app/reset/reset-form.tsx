'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { submitReset } from './actions'
import { resetSchema } from './schema'

export function ResetForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitReset} schema={resetSchema} {...props} />
}
