import * as z from 'zod/mini'
import { currentPassword, identifier, profilePath } from '../_forms/form-fields'

export const loginSchema = z.object({ identifier, password: currentPassword, next: profilePath })
