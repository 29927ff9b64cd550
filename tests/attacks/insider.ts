import { expect } from 'vitest'
import * as z from 'zod'
import { dumpDatabase, formsOf } from '../http/database'
import { type Client, newClient } from '../support/client'
import { nextMessage, walkLogin } from '../support/customers'
import { linkIn } from '../support/html'
import { logIn, outcomeOf, profilePathOf } from './intruder'
import { codeAt, createOwner, type Owner } from './owner'
import { type AdvanceClock, type Report, testAttack } from './report'

/** How many rows of each table the attacker tries. */
const TRIED_ROWS = 3

const challenges = z.array(z.object({ secretHash: z.string().nullable(), codeHash: z.string() }))
const sessions = z.array(z.object({ id: z.string() }))
const links = z.array(z.object({ tokenHash: z.string() }))
const users = z.array(z.object({ passwordHash: z.string() }))

export function testInsiderAttack(advanceClock: AdvanceClock) {
  testAttack(
    'insider who reads the database',
    'a copy of every row of every table, without the keys',
    async (report) => {
      const owner = await createOwner(advanceClock)
      await walkLogin(owner)
      const link = linkIn(await nextMessage(owner.email, 'notice.new_device'))
      const reset = newClient()
      await reset.send('/reset', 'Kirim kode', { identifier: owner.email, choice: 'recovery' })
      const code = await codeAt(owner.at['recovery e-mail'], 'reset_password')
      const dump = await dumpDatabase()
      readDump(report, Object.values(dump).join('\n'), owner, [
        link.replace('/secure/', ''),
        reset.cookies.get('reset-challenge') ?? '',
      ])
      await useDump(report, dump, owner, reset)
      const passed = await reset.send('/reset/code', 'Verifikasi', { code })
      if (passed.path !== '/reset/password')
        throw new Error(`the owner's own code ended at ${passed.path}`)
      report.addRecoveryStep('never lost access; no message reports a reader')
    },
  )
}

function readDump(report: Report, text: string, owner: Owner, secrets: readonly string[]) {
  const numbers = [owner.at['primary number'], owner.at['recovery number']].map((number) =>
    number.slice(1),
  )
  const known = [
    owner.at['primary e-mail'],
    owner.at['recovery e-mail'],
    ...numbers,
    owner.password,
  ].flatMap((text) => formsOf(text))
  expect(secrets.every((secret) => secret.length > 20)).toBe(true)
  const found = [...known, ...secrets].filter((form) => text.includes(form))
  report.expectStopped(
    'read an address, password, link or cookie',
    found.length === 0 ? 'not there' : 'there',
    'not there',
  )
  report.addGain('names, times, hashes and encrypted values')
}

/** Uses the hashes in the rows as if they were codes, cookies, links and passwords. */
async function useDump(report: Report, dump: Record<string, string>, owner: Owner, reset: Client) {
  const read = (table: string): unknown => JSON.parse(dump[`public."${table}"`] ?? '')
  const rows = challenges.parse(read('Challenge'))
  const codes = rows.map(({ codeHash }) => codeHash)
  const secrets = rows.flatMap(({ secretHash }) => secretHash ?? [])
  const ids = sessions.parse(read('Session')).map(({ id }) => id)
  const tokens = links.parse(read('SecureLink')).map(({ tokenHash }) => tokenHash)
  const passwords = users.parse(read('User')).map(({ passwordHash }) => passwordHash)
  await expectEachStopped(report, 'enter the hash of a code', codes, 'refused', (code) =>
    enterCode(reset, code),
  )
  await expectEachStopped(
    report,
    'send the hash of a reset as its cookie',
    secrets,
    '/reset?ended=challenge_gone',
    continueReset,
  )
  await expectEachStopped(report, 'send the id of a session as its cookie', ids, '/login', (id) =>
    profilePathOf(withCookie('session', id)),
  )
  await expectEachStopped(report, 'open the hash of a link', tokens, 'link_unknown', openLink)
  await expectEachStopped(
    report,
    'log in with the hash of a password',
    passwords,
    'login_wrong',
    async (hash) => outcomeOf(await logIn(newClient(), owner.email, hash)),
  )
}

type Use = (value: string) => Promise<string | undefined>

async function expectEachStopped(
  report: Report,
  action: string,
  values: readonly string[],
  expected: string,
  use: Use,
) {
  expect(values.length, action).toBeGreaterThan(0)
  const ends = await Promise.all(values.slice(-TRIED_ROWS).map(use))
  report.expectStopped(action, [...new Set(ends)].join(), expected)
}

/**
 * The product reads the digits of a text as a code, so a hash can be refused as wrong or as
 * malformed.
 */
async function enterCode(client: Client, code: string) {
  const end = outcomeOf(await client.send('/reset/code', 'Verifikasi', { code }))
  return end.replace(/^code_(wrong|not_digits|too_long|too_short)$/, 'refused')
}

async function continueReset(secretHash: string) {
  const client = withCookie('reset-challenge', secretHash)
  return (await client.follow(await client.open('/reset/password'))).path
}

const openLink = async (tokenHash: string) =>
  outcomeOf(await newClient().open(`/secure/${tokenHash}`))

function withCookie(name: string, value: string) {
  const client = newClient()
  client.cookies.set(name, value)
  return client
}
