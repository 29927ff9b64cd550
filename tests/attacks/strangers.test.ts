import { afterAll, beforeAll, describe } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { strangersRows } from '@/tools/attack/rows'
import { emptyEnvironment } from '../support/environment'
import { dataDir, startOwnProduct } from '../support/running'
import { testCarrier } from './strangers/carrier'
import { testFloods } from './strangers/floods'
import { testMailboxThief } from './strangers/mailbox-thief'
import { testWrongPasswords } from './strangers/passwords'
import { testPumping } from './strangers/pumping'
import { waitForWorker } from './strangers/report'
import { testResetLockouts } from './strangers/resets'
import { testSquatters } from './strangers/squatters'
import { testTable } from './table'

/** Small ceilings, which a few SMS to one prefix reach. The numbers of customers are spread. */
const CEILINGS = { SMS_PER_PREFIX_HOUR: '30', SMS_PER_PREFIX_DAY: '60' }

const product = startOwnProduct(CEILINGS)
async function advanceClock(milliseconds: number) {
  await waitForWorker()
  await product().advanceClock(milliseconds)
}

beforeAll(() => {
  strangersRows.clear()
  // The attacks count the messages in the database of the running product.
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: dataDir() })
})

afterAll(closeDb)

describe('the product', () => {
  testFloods()
  testWrongPasswords(advanceClock)
  testResetLockouts(advanceClock)
  testMailboxThief(advanceClock)
  testSquatters(advanceClock)
  testCarrier(advanceClock)
  testPumping(advanceClock)
})

describe('docs/security.md', () => {
  testTable('What strangers can and cannot do', () => strangersRows.read())
})
