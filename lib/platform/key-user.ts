/**
 * What a process is for its keys: a `service` runs on, and needs every key that others write with; a
 * `command` ends soon; a `reader` writes nothing.
 */
export type KeyUser = 'service' | 'command' | 'reader'

const store: typeof globalThis & { recoveryAccountKeyUser?: KeyUser } = globalThis

/** Says what this process is, before its first use of the database. Else it is a command. */
export function declareKeyUser(user: KeyUser): void {
  store.recoveryAccountKeyUser = user
}

export const keyUser = (): KeyUser => store.recoveryAccountKeyUser ?? 'command'
