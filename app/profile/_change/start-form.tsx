'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'

type Props = Omit<FlowFormProps, 'schema'> & {
  role: 'primary' | 'recovery'
  kind: 'email' | 'phone'
}

const load = () => import('./schema')

export function StartForm({ role, kind, ...props }: Props) {
  return <FlowForm schema={() => load().then(({ schemas }) => schemas[role][kind])} {...props} />
}
