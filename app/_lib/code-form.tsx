'use client'

import { FlowForm, type FlowFormProps } from '@/components/flow-form'
import { codeSchema, emptySchema } from './code-schema'

type Props = Pick<FlowFormProps, 'action' | 'text' | 'children'>

/** The form of every code screen. */
export function CodeForm(props: Props) {
  return <FlowForm schema={codeSchema} {...props} />
}

/** A form that is one button: it asks for a code. */
export function SendForm(props: Omit<Props, 'children'>) {
  return (
    <FlowForm schema={emptySchema} {...props}>
      {null}
    </FlowForm>
  )
}
