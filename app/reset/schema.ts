import * as z from 'zod/mini'
import { choiceOf, identifier, newPassword } from '../_forms/form-fields'

const choice = choiceOf('primary_phone', 'primary_whatsapp', 'recovery', 'saved_code')

export type ResetWish = z.output<typeof choice>

export const resetSchema = z.object({ identifier, choice })

export const resetLinkSchema = z.object({ choice })

export const newPasswordSchema = z.object({ newPassword })
