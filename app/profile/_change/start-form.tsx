'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { schemas } from './schema'

type Props = Omit<FlowFormProps, 'schema'> & { role: 'primary' | 'recovery'; kind: 'email' | 'phone' }

export function StartForm({ role, kind, ...props }: Props) {
  return <FlowForm schema={schemas[role][kind]} {...props} />
}
