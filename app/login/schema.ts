import * as z from 'zod/mini'
import { currentPassword, identifier } from '../_lib/shapes'

/** Where to go after the login: a page of the profile, never another site. */
const next = z.catch(z.string().check(z.regex(/^\/profile(\/[a-z]+)*$/)), '/profile')

export const loginSchema = z.object({ identifier, password: currentPassword, next })
