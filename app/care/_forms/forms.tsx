'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import type { schemas } from './schemas'

const load = () => import('./schemas')

type Props = Omit<FlowFormProps, 'schema' | 'isOfOneField'> & { name: keyof typeof schemas }

/** A form of the console that no passkey signs, with the schema that checks it in the browser. */
export function CareForm({ name, ...props }: Props) {
  return (
    <FlowForm
      schema={() => load().then((loaded) => loaded.schemas[name])}
      isOfOneField={name === 'word'}
      {...props}
    />
  )
}
