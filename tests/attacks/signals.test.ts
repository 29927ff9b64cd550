import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { signalRows } from '@/tools/attack/rows'
import { emptyEnvironment } from '../support/environment'
import { startOperator } from '../support/operator'
import { dataDir, productNow, startOwnProduct } from '../support/running'
import { testSignalAttacks } from './signals'
import { testTable } from './table'

const operator = await startOperator()
const product = startOwnProduct(operator.environment)
operator.tokens.clock = productNow

beforeAll(() => {
  signalRows.clear()
  // Functions of lib that the attacks call directly read the database of the running product.
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: dataDir() })
})

afterAll(async () => {
  await closeDb()
  await operator.close()
})

describe('a product that asks mobile operators', () => {
  // A failed attack may have lacked an answer of the operator. The log says why.
  afterEach(({ task }) => {
    const log = product().readLog()
    if (task.result?.state === 'fail') expect(log.match(/.*"number_signals_paused".*/g)).toBeNull()
  })

  testSignalAttacks(operator, (milliseconds) => product().advanceClock(milliseconds))
})

describe('docs/security.md', () => {
  testTable('What the answers of mobile operators change', () =>
    signalRows.read().map(({ seconds: _, ...row }) => row),
  )
})
