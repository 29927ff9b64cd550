import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { declareKeyUser } from '@/lib/platform/key-user'
import { emptyDatabase } from '../support/empty-database'
import { ageUses, allRings, command, keyFaults, newKey, query, startUnder } from './key-process'

const [OLD, NEW] = [newKey('k1'), newKey('k2')]
const ROTATED = allRings(`${NEW},${OLD}`)
const SECRETS = [OLD, NEW].map((key) => key.slice('k1:'.length))

// Most of these tests start several processes.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(emptyDatabase)

afterEach(async () => {
  declareKeyUser('command')
  vi.unstubAllEnvs()
  vi.resetModules()
  await closeDb()
})

/** An account with a session, whose rows were written before every ring was rotated. */
async function beforeRotation() {
  const { accounts } = await startUnder(allRings(OLD))
  const account = await accounts.makeRecoverable()
  await accounts.signIn(account.userId, new Date())
  return account
}

describe('npm run keys', () => {
  it('add prints a key with the next free id, which a ring accepts', async () => {
    await startUnder(ROTATED)
    const { code, text } = await command('keys', 'add', 'SEALING_KEYS')
    const [entry = ''] = /k3:\S{44}/.exec(text) ?? []
    expect([code, entry]).toEqual([0, expect.stringMatching(/^k3:/)])
    const { addresses, accounts } = await startUnder({ SEALING_KEYS: `${entry},${NEW},${OLD}` })
    expect(addresses.maskAddress((await accounts.makeAccount()).email)).toContain('@')
  })

  it('list counts the rows of each key by its id, and shows no key', async () => {
    await beforeRotation()
    const { accounts } = await startUnder(ROTATED)
    await accounts.makeAccount()
    const { code, text } = await command('keys', 'list')
    expect(code).toBe(0)
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    const [, sealing = '', hashing = '', secrets = ''] = text.split(/^[A-Z_]+$/m)
    expect(sealing).toMatch(
      / k2 {2}current[\s\S]*? 2 addresses\n[\s\S]* k1 {2}older[\s\S]*? 3 addresses\n/,
    )
    expect(hashing).toMatch(/ k1 {2}older[\s\S]*? rows of activity \(verify-only/)
    expect(secrets).toMatch(
      / k2 {2}current[\s\S]*? no rows\n[\s\S]* k1 {2}older[\s\S]*? 1 sessions/,
    )
  })

  it('list names a key that rows need and this process lacks', async () => {
    await beforeRotation()
    await startUnder(allRings(NEW))
    expect((await command('keys', 'list')).text).toMatch(/ k1 {2}LACKING[\s\S]*? 3 addresses/)
  })

  it.each([
    ['no command', []],
    ['an unknown ring', ['retire', 'KEYS', 'k1']],
    ['no id', ['retire', 'SEALING_KEYS']],
    ['sessions of a ring that has none', ['retire', 'SEALING_KEYS', 'k1', '--end-sessions']],
  ])('prints its usage for %s', async (_what, given) => {
    const { code, text } = await command('keys', ...given)
    expect([code, text]).toEqual([1, expect.stringContaining('Usage')])
  })
})

describe('retire', () => {
  it('refuses the current key, one that rows need, and one that a process used a moment ago', async () => {
    await beforeRotation()
    const { keys, accounts, platform } = await startUnder(ROTATED)
    const retire = (id: string) => keys.retireKey('SEALING_KEYS', id, accounts.NOW)
    expect(await retire('k2')).toMatchObject({ refusal: 'current' })
    expect(await retire('k9')).toMatchObject({ refusal: 'not_in_use' })
    const needed = await retire('k1')
    expect(needed).toMatchObject({ refusal: 'needed' })
    expect(needed.ok ? [] : needed.uses).toContainEqual(
      expect.objectContaining({ word: 'addresses', rows: 3 }),
    )
    await command('keys', 'reseal')
    expect(await retire('k1')).toMatchObject({ refusal: 'in_use' })
    await ageUses(29)
    expect(await retire('k1')).toMatchObject({ refusal: 'in_use' })
    await ageUses(31)
    expect(await retire('k1')).toEqual({ ok: true })
    expect(await platform.db().keyUse.count({ where: { keyId: 'k1' } })).toBe(2)
  })

  it('of a key makes a process without it ready, and none may write with it again', async () => {
    await beforeRotation()
    await startUnder(ROTATED)
    await command('keys', 'reseal')
    await ageUses(31)
    expect((await command('keys', 'retire', 'SEALING_KEYS', 'k1')).text).toContain(
      'Nothing needs k1 any more.',
    )
    await startUnder({ ...ROTATED, SEALING_KEYS: NEW })
    expect(await keyFaults()).toEqual([])
    const former = await startUnder({ ...ROTATED, SEALING_KEYS: OLD })
    await expect(former.platform.db().user.count()).rejects.toThrow('SEALING_KEYS lacks k2')
    await startUnder({ ...ROTATED, SEALING_KEYS: NEW })
    expect(await keyFaults()).toEqual([])
  })

  it('keeps a hashing key for what cannot be hashed again, and says so', async () => {
    const { userId } = await beforeRotation()
    const saved = `insert into "SavedCode" (id, "userId", "codeHash", "keyId", "createdAt", "usedAt")
      values (gen_random_uuid(), $1, 'a', 'k1', now(), $2)`
    for (const usedAt of [null, new Date()]) await query(saved, [userId, usedAt])
    await startUnder(ROTATED)
    await command('keys', 'reseal')
    await ageUses(31)
    const { code, text } = await command('keys', 'retire', 'HASHING_KEYS', 'k1')
    expect([code, text]).toEqual([1, expect.stringContaining('It stays as a verify-only key.')])
    expect(text).toMatch(/ 1 saved codes[\s\S]*\d rows of activity[\s\S]*1 rewards/)
  })

  it('of a hashing key waits for the codes under it, until they are sent again', async () => {
    const now = new Date()
    const { accounts, resets } = await startUnder(allRings(OLD))
    const { email } = await accounts.makeAccount()
    const { secret } = await accounts.expectDone(resets.start(email, 'primary_phone', now))
    const { keys, challenges } = await startUnder(ROTATED)
    const codesUnderIt = async () => {
      const retired = await keys.retireKey('HASHING_KEYS', 'k1', now)
      if (retired.ok) return []
      return retired.uses.filter(({ word }) => word === 'open codes').map(({ rows }) => rows)
    }
    expect(await codesUnderIt()).toEqual([1])
    const afterPause = new Date(now.getTime() + accounts.MINUTE * 1_000)
    const origin = accounts.newOrigin()
    const resent = challenges.resendCode({ secret }, 'reset_password', origin, afterPause)
    expect(await resent).toMatchObject({ ok: true })
    expect(await codesUnderIt()).toEqual([])
  })

  it('of a secret of cookies waits for the sessions under it', async () => {
    const account = await beforeRotation()
    await startUnder(ROTATED)
    await ageUses(31)
    expect((await command('keys', 'retire', 'AUTH_SECRET', 'k1')).text).toContain(
      '1 sessions (they end by themselves)',
    )
    const ended = await command('keys', 'retire', 'AUTH_SECRET', 'k1', '--end-sessions')
    expect([ended.code, ended.text]).toEqual([0, expect.stringContaining('1 session(s) ended.')])
    const { rows } = await query('select "revokedAt" from "Session" where "userId" = $1', [
      account.userId,
    ])
    expect(rows).toEqual([{ revokedAt: expect.any(Date) }])
  })
})

describe('npm run activity -- verify', () => {
  it('says that a key is missing, not that rows were altered, and still finds an altered one', async () => {
    const account = await beforeRotation()
    declareKeyUser('reader')
    const { activity } = await startUnder(allRings(NEW))
    expect((await activity.verifyActivity(new Date())).faults).toEqual([
      { userId: account.userId, position: 1, fault: 'key_missing' },
    ])
    const { code, text } = await command('activity', 'verify')
    expect([code, text]).toEqual([1, expect.stringContaining('(key missing)')])
    declareKeyUser('command')
    const other = await (await startUnder(ROTATED)).accounts.makeAccount()
    await query('alter table "SecurityEvent" disable trigger all')
    await query(`update "SecurityEvent" set ip = '192.0.2.9' where "userId" = $1`, [other.userId])
    declareKeyUser('reader')
    const alone = await startUnder(allRings(NEW))
    expect((await alone.activity.verifyActivity(new Date())).faults).toContainEqual({
      userId: other.userId,
      position: 1,
      fault: 'altered',
    })
  })
})
