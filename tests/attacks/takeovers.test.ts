import { afterAll, beforeAll, describe } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { takeoverRows } from '@/tools/attack/rows'
import { emptyEnvironment } from '../support/environment'
import { dataDir, startOwnProduct } from '../support/running'
import { testInsiderAttack } from './insider'
import { testPrimaryMailboxAttack } from './mailboxes'
import { testNumberAttacks } from './numbers'
import { testOneAddressAttacks } from './one-address'
import { testOutsiderAttacks } from './outsiders'
import { testSessionAttacks } from './sessions'
import { testTable } from './table'

const product = startOwnProduct()
const advanceClock = (milliseconds: number) => product().advanceClock(milliseconds)

beforeAll(() => {
  takeoverRows.clear()
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
  testTable('What became of each', () => takeoverRows.read().map(({ seconds: _, ...row }) => row))
})
