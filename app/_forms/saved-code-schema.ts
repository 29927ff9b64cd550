import * as z from 'zod/mini'
import { savedCode } from './form-fields'

/** A form whose only field is a saved code. */
export const savedCodeSchema = z.object({ savedCode })
