'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import type { FormName } from './schemas'

/** One chunk with the schemas of all forms. A page loads it when a form is first used. */
const load = () => import('./schemas')

/** The forms of one field. A refusal of it stands at the field alone, which takes the focus. */
const OF_ONE_FIELD: readonly FormName[] = [
  'addresses',
  'cancelHeld',
  'code',
  'exportData',
  'makeSavedCode',
  'resetLink',
  'resetPassword',
  'recoveryChoose',
  'recoveryEmail',
  'recoveryPhone',
  'restriction',
  'savedCode',
  'unfreeze',
]

type Props = Omit<FlowFormProps, 'schema' | 'isOfOneField'> & {
  name: FormName
  fields?: readonly string[]
}

/**
 * A form and, by its name, the schema that checks it in the browser. The page passes the action:
 * many actions are bound to an argument, and a list of all actions here would be in the script of
 * every page.
 */
export function Form({ name, fields = [], ...props }: Props) {
  return (
    <FlowForm
      schema={() => load().then(({ schemas }) => schemas[name](fields))}
      isOfOneField={OF_ONE_FIELD.includes(name)}
      {...props}
    />
  )
}
