import { tamper } from './activity-actions'

/** Makes the row at this position one whose hashing key this process lacks. */
export async function loseKeyOf(position: number) {
  await tamper(
    `update "StaffEvent" set "keyId" = 'hilang', hash = repeat('0', 64) where position = $1`,
    [position],
  )
  // Last: a new connection refuses to write while the process lacks a key.
  await tamper(
    `insert into "KeyUse" (ring, "keyId", since) values ('HASHING_KEYS', 'hilang', now())`,
  )
}
