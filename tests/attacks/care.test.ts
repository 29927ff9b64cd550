import { afterAll, beforeAll, describe } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { careRows } from '@/tools/attack/rows'
import { emptyEnvironment } from '../support/environment'
import { dataDir, startOwnProduct } from '../support/running'
import { testAgentAttacks } from './care/agents'
import { testCallerAttacks } from './care/callers'
import { testTable } from './table'

const product = startOwnProduct()
const advanceClock = (milliseconds: number) => product().advanceClock(milliseconds)

beforeAll(() => {
  careRows.clear()
  // Functions of lib that the attacks call directly read the database of the running product.
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: dataDir() })
})

afterAll(closeDb)

describe('customer care', () => {
  testAgentAttacks(advanceClock)
  testCallerAttacks(advanceClock)
})

describe('docs/security.md', () => {
  testTable('What customer care can and cannot do', () =>
    careRows.read().map(({ seconds: _, ...row }) => row),
  )
})
