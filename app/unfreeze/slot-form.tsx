'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitSlot } from './actions'

const slotSchema = () => import('./schema').then((schemas) => schemas.slotSchema)

export function SlotForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitSlot} schema={slotSchema} {...props} />
}
