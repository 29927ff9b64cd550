import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { DAY, later } from '../support/accounts'
import { messagesTo } from '../support/outbox'
import { userOf } from './freeze-actions'
import { makeLived } from './person-actions'

const PATIENCE_MS = 60_000

const folder = mkdtempSync(path.join(tmpdir(), 'person-'))
const fileIn = (name: string) => path.join(folder, name)

/** Runs the command as an operator does, on the test's own database. */
const person = (...given: string[]) =>
  promisify(execFile)(process.execPath, ['server/run.mjs', 'person', ...given]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8)

const WINDOW = ['--from', later(-DAY).toISOString(), '--to', later(DAY).toISOString()]
const TEXTS = { what: 'Salinan cadangan terbaca.', advice: 'Ganti kata sandi.' }
const INCIDENT = { name: 'cadangan', at: later(0).toISOString(), id: TEXTS, en: TEXTS }

describe('npm run person', { timeout: PATIENCE_MS }, () => {
  let account: Awaited<ReturnType<typeof makeLived>>
  beforeAll(async () => {
    account = await makeLived()
  })

  it('exports to two files that nobody else reads, and prints no data', async () => {
    const { code, stdout, stderr } = await person('export', account.phone.value, '--out', folder)
    expect(code).toBe(0)
    const [json, html] = ['json', 'html'].map((end) => fileIn(`person-${account.userId}.${end}`))
    expect([json, html].map((file = '') => modeOf(file))).toEqual(['600', '600'])
    const data = JSON.parse(readFileSync(json ?? '', 'utf8'))
    expect(data.sections.account[0]).toMatchObject({ id: account.userId, name: account.name })
    expect(readFileSync(html ?? '', 'utf8')).toContain(account.recoveryEmail.value)
    for (const words of [account.name, account.recoveryEmail.value, account.phone.value])
      expect(stdout + stderr).not.toContain(words)
    expect(stderr).toContain('"change":"person_export"')
    const again = await person('export', account.phone.value, '--out', folder)
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('cannot be written')])
  })

  it('R69 lists who was affected, and notifies them once', async () => {
    const [list, incident] = [fileIn('list.jsonl'), fileIn('incident.json')]
    const listed = await person('affected', ...WINDOW, '--out', list)
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringMatching(/^1 person\(s\) were/)])
    expect(modeOf(list)).toBe('600')
    writeFileSync(incident, JSON.stringify(INCIDENT))
    const notify = async () =>
      (await person('notify', '--list', list, '--incident', incident)).stdout
    expect(await notify()).toBe('1 person(s) get the notice, 0 had it before, 0 have no address.\n')
    expect(await notify()).toBe('0 person(s) get the notice, 1 had it before, 0 have no address.\n')
    expect((await messagesTo(account.recoveryEmail))[0]?.kind).toBe('incident')
  })

  it('lists who was affected also when an address cannot be read, and says so', async () => {
    const list = fileIn('unreadable.jsonl')
    const other = await makeLived()
    const where = { userId: other.userId, role: 'recovery', kind: 'email' } as const
    const { sealed } = await db().address.findFirstOrThrow({ where })
    await db().address.updateMany({ where, data: { sealed: 'k0.AAAA' } })
    const listed = await person('affected', ...WINDOW, '--out', list)
    await db().address.updateMany({ where, data: { sealed } })
    expect([listed.code, listed.stdout]).toEqual([1, expect.stringMatching(/^2 person\(s\) were/)])
    expect(listed.stderr).toContain('1 person(s) have an address that cannot be decrypted here.')
    expect(listed.stderr).toContain(`"event":"address_unreadable","userId":"${other.userId}"`)
    const lines = readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const of = (userId: string) => lines.find((line) => line.userId === userId)
    expect([of(account.userId).unreadable, of(account.userId).addresses.length]).toEqual([0, 4])
    expect([of(other.userId).unreadable, of(other.userId).addresses.length]).toEqual([1, 3])
  })

  it('quotes no line of a list that it cannot read', async () => {
    const [list, incident] = [fileIn('broken.jsonl'), fileIn('whole.json')]
    writeFileSync(list, '{"name":"Sari Dewi", ')
    writeFileSync(incident, JSON.stringify(INCIDENT))
    const { code, stderr } = await person('notify', '--list', list, '--incident', incident)
    expect([code, stderr.includes('Sari')]).toEqual([1, false])
  })

  it('erases with a reason', async () => {
    const { code, stdout } = await person('erase', account.phone.value, '--reason', 'surat 7')
    expect([code, stdout]).toEqual([0, expect.stringContaining('The account is erased.')])
    expect((await userOf(account)).erasedAt).not.toBeNull()
    const again = await person('erase', account.phone.value, '--reason', 'surat 7')
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('no such account')])
  })

  it.each([
    [['erase', 'x@y.id']],
    [['export']],
    [['affected', '--from', '2026-01-01', '--to', '2026-01-02', '--out', 'x']],
    [['notify', 'x@y.id', '--list', 'x', '--incident', 'y']],
    [['forget', 'x@y.id']],
  ])('refuses %j and prints how it is used', async (given) => {
    const { code, stderr } = await person(...given)
    expect([code, stderr]).toEqual([1, expect.stringContaining('npm run person -- export')])
  })
})
