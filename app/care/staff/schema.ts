import * as z from 'zod/mini'
import { choiceOf, personName } from '../../_forms/form-fields'
import { EVERY_ROLE } from '../roles'

export const inviteSchema = z.object({ name: personName, role: choiceOf(...EVERY_ROLE) })

/** A form about somebody on staff. The page writes the id. */
export const personSchema = z.object({ person: z.uuid() })
