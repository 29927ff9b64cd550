'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitLifter } from './actions'

const lifterSchema = () => import('./schema').then((schemas) => schemas.lifterSchema)

export function LifterForm(props: Pick<FlowFormProps, 'text' | 'values' | 'children'>) {
  return <FlowForm action={submitLifter} schema={lifterSchema} {...props} />
}
