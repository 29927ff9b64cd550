import * as z from 'zod/mini'
import { code } from './form-fields'

/** A form whose only field is a code. */
export const codeSchema = z.object({ code })

/** A form without fields: a button. */
export const emptySchema = z.object({})
