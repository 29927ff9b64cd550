import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '../support/address-actions'

const OLD = `old:${randomBytes(32).toString('base64')}`
const NEW = `new:${randomBytes(32).toString('base64')}`

/** The modules in a process that starts with these hashing keys. */
async function actionsUnder(keys: string) {
  vi.stubEnv('HASHING_KEYS', keys)
  vi.resetModules()
  return import('../support/address-actions')
}

async function primaryUnderOldKey(text: string) {
  const { added, newUser } = await actionsUnder(OLD)
  return added({ userId: await newUser(), role: 'primary', text })
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

describe('an address that was stored under a hashing key since replaced', () => {
  it('is found', async () => {
    const held = await primaryUnderOldKey('kunci1@example.com')
    const { find } = await actionsUnder(`${NEW},${OLD}`)
    expect(await find('Kunci1@Example.com')).toEqual(held)
  })

  it.each<[Role, string, string]>([
    ['primary', 'kunci2@example.com', 'taken'],
    ['recovery', 'kunci3@example.com', 'added'],
  ])('stays unique as primary: another user’s %s %s is %s', async (role, text, word) => {
    await primaryUnderOldKey(text)
    const { add, newUser, outcomeOf } = await actionsUnder(`${NEW},${OLD}`)
    expect(outcomeOf(await add({ userId: await newUser(), role, text }))).toBe(word)
  })

  it('still differs from the recovery address of its user', async () => {
    const { userId } = await primaryUnderOldKey('kunci4@gmail.com')
    const { add, outcomeOf } = await actionsUnder(`${NEW},${OLD}`)
    expect(outcomeOf(await add({ userId, role: 'recovery', text: 'kun.ci4+x@gmail.com' }))).toBe(
      'same_as_primary',
    )
  })
})
