'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { submitSlot } from './actions'
import { slotSchema } from './schema'

export function SlotForm(props: Pick<FlowFormProps, 'text' | 'children'>) {
  return <FlowForm action={submitSlot} schema={slotSchema} {...props} />
}
