import * as z from 'zod/mini'
import { code } from './form-fields'

/** A form that holds a code and nothing else. */
export const codeSchema = z.object({ code })

/** A form that holds a button and nothing else. */
export const emptySchema = z.object({})
