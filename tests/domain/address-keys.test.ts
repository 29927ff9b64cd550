import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '../support/address-actions'
import { closeGate } from '../support/gate'

const OLD = `old:${randomBytes(32).toString('base64')}`
const NEW = `new:${randomBytes(32).toString('base64')}`

/** The modules in a process that starts with these hashing keys. */
async function actionsUnder(keys: string) {
  vi.stubEnv('HASHING_KEYS', keys)
  vi.resetModules()
  const [actions, { hashingKeyId }] = await Promise.all([
    import('../support/address-actions'),
    import('@/lib/platform/crypto'),
  ])
  // The environment is read at its first use.
  hashingKeyId()
  return actions
}

/** Two processes in the middle of a rotation: each knows both keys, and uses another one. */
const rotating = async () => [
  await actionsUnder(`${OLD},${NEW}`),
  await actionsUnder(`${NEW},${OLD}`),
]

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

  it('is given to one account by processes that add it at the same time under different keys', async () => {
    const both = await rotating()
    const users = await Promise.all(both.map(({ newUser }) => newUser()))
    const gate = await closeGate('Address')
    const adding = both.map(({ add }, nth) =>
      add({ userId: users[nth] ?? '', role: 'primary', text: 'kunci5@example.com' }),
    )
    await gate.crowd(2)
    await gate.open()
    const words = (await Promise.all(adding)).map((outcome) => (outcome.ok ? 'added' : 'taken'))
    expect(words.sort()).toEqual(['added', 'taken'])
    for (const { find } of both) expect(users).toContain((await find('kunci5@example.com'))?.userId)
  })

  it('still differs from the recovery address of its user', async () => {
    const { userId } = await primaryUnderOldKey('kunci4@gmail.com')
    const { add, outcomeOf } = await actionsUnder(`${NEW},${OLD}`)
    expect(outcomeOf(await add({ userId, role: 'recovery', text: 'kun.ci4+x@gmail.com' }))).toBe(
      'same_as_primary',
    )
  })
})
