'use client'

import { FlowForm, type FlowFormProps } from '@/components/form/flow-form'
import type { FormName } from './schemas'

/** One part of the script for the schemas of all forms; a page loads it when its first field is entered. */
const load = () => import('./schemas')

type Props = Omit<FlowFormProps, 'schema'> & { name: FormName; fields?: readonly string[] }

/**
 * A form by its name, which says what schema checks it in the browser. The page hands in the action: many are bound to an
 * argument, and a list of all actions here would become part of every page.
 */
export function Form({ name, fields = [], ...props }: Props) {
  return <FlowForm schema={() => load().then(({ schemas }) => schemas[name](fields))} {...props} />
}
