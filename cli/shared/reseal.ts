import { countStale, type Resealed, resealTable, SEALED_TABLES } from '@/lib/keys'
import { cliError } from '@/lib/platform/command'
import type { SealedTable } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { rehashRestrictions } from '@/lib/recovery'

const PRINT_EVERY_MS = 1_000

/**
 * Rewrites each row that is not under the current keys, and prints its progress. The product may
 * run meanwhile. The command may be stopped and run again at any time. Throws when rows are left.
 */
export async function reseal() {
  const { SEALING_KEYS, HASHING_KEYS } = env()
  console.log(
    `Rows get ${SEALING_KEYS[0].id} of SEALING_KEYS and ${HASHING_KEYS[0].id} of HASHING_KEYS.`,
  )
  let left = 0
  for (const sealed of SEALED_TABLES) left += await resealWhole(sealed)
  console.log(`restrictions: ${await rehashRestrictions(new Date())} account(s) written anew.`)
  if (left > 0)
    throw cliError(
      `${left} row(s) are left. A row that the product is changing is written by the next run; a process that uses an older key as its first one writes more.`,
    )
  console.log('Every row is under the current keys.')
}

/** Repeats until a pass changes nothing. Returns how many rows are left. */
async function resealWhole(sealed: SealedTable): Promise<number> {
  const total = await countStale(sealed)
  for (let written = 0; ; ) {
    const { changed, unreadable, doubled } = await resealOnce(sealed, written, total)
    written += changed
    if (changed > 0) continue
    console.log(`${sealed.word}: ${written} row(s) written anew.`)
    for (const id of unreadable)
      console.log(`${sealed.word}: ${id} cannot be decrypted with these keys.`)
    for (const id of doubled) console.log(`${sealed.word}: ${id} is held twice.`)
    return countStale(sealed)
  }
}

async function resealOnce(sealed: SealedTable, before: number, total: number): Promise<Resealed> {
  const pass: Resealed = { changed: 0, unreadable: [], doubled: [] }
  let printedAt = performance.now()
  for await (const { changed, unreadable, doubled } of resealTable(sealed)) {
    pass.changed += changed
    pass.unreadable.push(...unreadable)
    pass.doubled.push(...doubled)
    if (performance.now() - printedAt < PRINT_EVERY_MS) continue
    printedAt = performance.now()
    console.log(`${sealed.word}: ${before + pass.changed} of ${total} row(s)`)
  }
  return pass
}
