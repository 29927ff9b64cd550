import * as z from 'zod/mini'
import { choiceOf, identifier, newPassword } from '../_forms/form-fields'

export const resetSchema = z.object({ identifier, choice: choiceOf('primary_phone', 'recovery') })

export const newPasswordSchema = z.object({ newPassword })
