import * as z from 'zod/mini'
import { choiceOf, email, phone } from '../../_forms/form-fields'

const kind = choiceOf('email', 'phone')

export const kindSchema = z.object({ kind })

export const emailSchema = z.object({ email })

export const phoneSchema = z.object({ phone })
