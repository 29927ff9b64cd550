import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { forgetRows, readRows } from '@/tools/attack/rows'
import { emptyEnvironment } from '../support/environment'
import { dataDir, startOwnProduct } from '../support/running'
import { rehearseInsider } from './insider'
import { rehearseMailboxes } from './mailboxes'
import { rehearseNumbers, rehearseStolenPhone } from './numbers'
import { rehearseOutsiders } from './outsiders'
import { rehearseSessions } from './sessions'

const product = startOwnProduct()
const wait = (milliseconds: number) => product().advanceClock(milliseconds)

beforeAll(() => {
  forgetRows()
  // What the shop asks of the product by functions is asked of the running one's database.
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: dataDir() })
})

afterAll(closeDb)

describe('a takeover', () => {
  rehearseSessions(wait)
  rehearseMailboxes(wait)
  rehearseNumbers(wait)
  rehearseStolenPhone(wait)
  rehearseOutsiders(wait)
  rehearseInsider(wait)
})

describe('docs/security.md', () => {
  it('tells of each attack what became of it in this run', () => {
    const told = readRows().map(({ seconds: _, ...row }) => `| ${Object.values(row).join(' | ')} |`)
    const page = readFileSync('docs/security.md', 'utf8').split('\n')
    expect(
      page
        .slice(page.findIndex((line) => line.startsWith('| attack')) + 2)
        .filter((line) => line.startsWith('| ')),
    ).toEqual(told)
  })
})
