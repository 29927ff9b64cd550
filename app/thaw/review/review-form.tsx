'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { submitReview } from '../actions'
import { reviewSchema } from '../schema'

type Props = Pick<FlowFormProps, 'text' | 'children'> & { slots: string[] }

export function ReviewForm({ slots, ...props }: Props) {
  return <FlowForm action={submitReview} schema={reviewSchema(slots)} {...props} />
}
