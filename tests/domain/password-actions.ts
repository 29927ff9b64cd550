import { changePassword } from '@/lib/accounts'
import { type Account, NOW, newOrigin, OTHER_PASSWORD, PASSWORD } from '../support/accounts'

/** Changes the password of an account, as its owner does. */
export const change = ({ userId }: Account, current = PASSWORD, next = OTHER_PASSWORD) =>
  changePassword({ userId, current, next, origin: newOrigin(), now: NOW })
