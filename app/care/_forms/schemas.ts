import * as z from 'zod/mini'
import { emptySchema } from '../../_forms/code-schema'
import { callerWord, query, reason } from './fields'

export const lookUpSchema = z.object({ query, reason })

export const wordSchema = z.object({ callerWord })

/** The schema of every form that no passkey signs. */
export const schemas = { button: emptySchema, lookUp: lookUpSchema, word: wordSchema }
