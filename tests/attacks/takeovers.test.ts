import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { deleteRows, readRows } from '@/tools/attack/rows'
import { emptyEnvironment } from '../support/environment'
import { dataDir, startOwnProduct } from '../support/running'
import { testInsiderAttack } from './insider'
import { testPrimaryMailboxAttack } from './mailboxes'
import { testNumberAttacks } from './numbers'
import { testOneAddressAttacks } from './one-address'
import { testOutsiderAttacks } from './outsiders'
import { testSessionAttacks } from './sessions'

const product = startOwnProduct()
const advanceClock = (milliseconds: number) => product().advanceClock(milliseconds)

beforeAll(() => {
  deleteRows()
  // Functions of lib that the attacks call directly read the database of the running product.
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: dataDir() })
})

afterAll(closeDb)

describe('the product', () => {
  testSessionAttacks(advanceClock)
  testPrimaryMailboxAttack(advanceClock)
  testOneAddressAttacks(advanceClock)
  testNumberAttacks(advanceClock)
  testOutsiderAttacks(advanceClock)
  testInsiderAttack(advanceClock)
})

describe('docs/security.md', () => {
  it('lists what each attack came to in this run', () => {
    const rows = readRows().map(({ seconds: _, ...row }) => `| ${Object.values(row).join(' | ')} |`)
    const lines = readFileSync('docs/security.md', 'utf8').split('\n')
    const table = lines.slice(lines.findIndex((line) => line.startsWith('| attack')) + 2)
    expect(table.filter((line) => line.startsWith('| '))).toEqual(rows)
  })
})
