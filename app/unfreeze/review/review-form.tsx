'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import { submitReview } from '../actions'

const load = () => import('../schema')

type Props = Pick<FlowFormProps, 'text' | 'children'> & { slots: string[] }

export function ReviewForm({ slots, ...props }: Props) {
  return (
    <FlowForm
      action={submitReview}
      schema={() => load().then(({ reviewSchema }) => reviewSchema(slots))}
      {...props}
    />
  )
}
