import { loginSchema } from '../login/schema'
import { changeSchemas } from '../profile/_change/schema'
import { eraseSchema } from '../profile/erase/schema'
import { passwordSchema } from '../profile/password/schema'
import { emailSchema, kindSchema, phoneSchema } from '../profile/recovery/schema'
import { lifterSchema } from '../profile/restriction/schema'
import { registerSchema } from '../register/schema'
import { newPasswordSchema, resetLinkSchema, resetSchema } from '../reset/schema'
import { reviewSchema, slotSchema } from '../unfreeze/schema'
import { codeSchema, emptySchema } from './code-schema'
import { passwordProofSchema } from './password-proof-schema'
import { savedCodeSchema } from './saved-code-schema'

/**
 * The schema of every form, by its screen; `code`, `savedCode` and `button` are on several screens.
 * `fields` are the names of the fields that depend on the account.
 */
export const schemas = {
  button: () => emptySchema,
  code: () => codeSchema,
  savedCode: () => savedCodeSchema,
  register: () => registerSchema,
  login: () => loginSchema,
  password: () => passwordSchema,
  addresses: () => passwordProofSchema,
  cancelHeld: () => passwordProofSchema,
  exportData: () => passwordProofSchema,
  makeSavedCode: () => passwordProofSchema,
  eraseAccount: () => eraseSchema,
  reset: () => resetSchema,
  resetLink: () => resetLinkSchema,
  resetPassword: () => newPasswordSchema,
  recoveryChoose: () => kindSchema,
  recoveryEmail: () => emailSchema,
  recoveryPhone: () => phoneSchema,
  changeEmail: () => changeSchemas.primary.email,
  changePhone: () => changeSchemas.primary.phone,
  replaceEmail: () => changeSchemas.recovery.email,
  replacePhone: () => changeSchemas.recovery.phone,
  restriction: () => lifterSchema,
  unfreeze: () => slotSchema,
  unfreezeReview: (fields: readonly string[]) => reviewSchema(fields),
}

export type FormName = keyof typeof schemas
