'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'

const codeSchema = () => import('./code-schema').then((schemas) => schemas.codeSchema)
const emptySchema = () => import('./code-schema').then((schemas) => schemas.emptySchema)

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
