'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { chooseKind } from './actions'

const kindSchema = () => import('./schema').then((schemas) => schemas.kindSchema)

export function ChooseForm(props: Pick<FlowFormProps, 'text' | 'values' | 'children'>) {
  return <FlowForm action={chooseKind} schema={kindSchema} {...props} />
}
