'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { chooseKind } from './actions'
import { kindSchema } from './schema'

export function ChooseForm(props: Pick<FlowFormProps, 'text' | 'values' | 'children'>) {
  return <FlowForm action={chooseKind} schema={kindSchema} {...props} />
}
