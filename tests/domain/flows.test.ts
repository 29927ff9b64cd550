import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addRecoveriesWithCodes } from '../support/accounts'
import { ACCOUNT, ACCOUNT_NEVER } from './flows-account'
import { ADDRESS, ADDRESS_NEVER } from './flows-address'
import { CHALLENGE, CHALLENGE_NEVER } from './flows-challenge'
import { HELD_PASSWORD, HELD_PASSWORD_NEVER } from './flows-held'
import { SAVED_CODE, SAVED_CODE_NEVER } from './flows-saved-code'
import { SESSION, SESSION_NEVER } from './flows-session'

addRecoveriesWithCodes()

const PERFORMED = {
  Challenge: CHALLENGE,
  Address: ADDRESS,
  Session: SESSION,
  Account: ACCOUNT,
  'Saved code': SAVED_CODE,
  'Held password': HELD_PASSWORD,
}
const NEVER = {
  Challenge: CHALLENGE_NEVER,
  Address: ADDRESS_NEVER,
  Session: SESSION_NEVER,
  Account: ACCOUNT_NEVER,
  'Saved code': SAVED_CODE_NEVER,
  'Held password': HELD_PASSWORD_NEVER,
}

/**
 * The transitions of each diagram of docs/flows.md by its heading, without those that only end a
 * diagram.
 */
const DRAWN = Object.fromEntries(
  [
    ...readFileSync('docs/flows.md', 'utf8').matchAll(
      /^## ([\w ]+)\n[^#]*?```mermaid\nstateDiagram-v2\n(.*?)```/gms,
    ),
  ].map(([, thing = '', diagram = '']) => [
    thing,
    diagram
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.includes(': ')),
  ]),
)

const things = Object.entries(PERFORMED).map(([thing, edges]) => ({ thing, edges }))

it('docs/flows.md has a diagram of each state machine and no other', () => {
  expect(Object.keys(DRAWN).sort()).toEqual(Object.keys(PERFORMED).sort())
})

describe.each(things)('$thing', ({ thing, edges }) => {
  it('draws every performed transition once, and only those', () => {
    const performed = edges.map(({ from, to, by }) => `${from} --> ${to}: ${by}`)
    expect(DRAWN[thing]?.toSorted()).toEqual(performed.toSorted())
  })

  it.each(edges)('$from → $to: $by', async ({ from, to, walk }) => {
    expect(await walk()).toEqual([from, to])
  })
})

describe.each(Object.entries(NEVER).map(([thing, tries]) => ({ thing, tries })))(
  '$thing never',
  ({ tries }) => {
    it.each(tries)('$from → $not: $by', async ({ from, walk }) => {
      expect(await walk()).toEqual([from, from])
    })
  },
)
