import type { Invariant } from '@/lib/audit'
import type { Account } from '../support/accounts'

/** A row that an invariant does not permit, written like the owner of the database writes it. */
export type Break = {
  invariant: Invariant
  name: string
  /** Of the row that is broken; `$1` of the SQL. */
  idOf: (account: Account) => Promise<string> | string
  sql: string
}
