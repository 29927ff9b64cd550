import * as z from 'zod/mini'
import { currentPassword, newPassword } from '../../_lib/shapes'

export const passwordSchema = z.object({ currentPassword, newPassword })
