import { expect } from 'vitest'
import { z } from 'zod'
import { dumpDatabase, formsOf } from '../conformance/database'
import { type Client, newClient } from '../support/client'
import { nextMessage, signIn } from '../support/customers'
import { endOf, isSignedOut, logIn } from './intruder'
import { codeAt, linkIn, type Owner, settle } from './owner'
import { rehearse, type Stage } from './record'

type Wait = (milliseconds: number) => Promise<void>

/** So many rows of a table are tried. */
const MANY = 5

const challenges = z.array(z.object({ secretHash: z.string().nullable(), codeHash: z.string() }))
const sessions = z.array(z.object({ id: z.string() }))
const links = z.array(z.object({ tokenHash: z.string() }))
const users = z.array(z.object({ passwordHash: z.string() }))

export function rehearseInsider(wait: Wait) {
  rehearse('insider who reads the database', 'a copy of every row of every table, without the keys', async (stage) => {
    const owner = await settle(wait)
    await signIn(owner)
    const link = linkIn(await nextMessage(owner.email, 'notice.new_device'))
    const reset = newClient()
    await reset.send('/reset', 'Kirim kode', { identifier: owner.email, choice: 'recovery' })
    const code = await codeAt(owner.at['recovery e-mail'], 'reset_password')
    const dump = await dumpDatabase()
    readDump(stage, Object.values(dump).join('\n'), owner, [
      link.replace('/secure/', ''),
      reset.cookies.get('reset-challenge') ?? '',
    ])
    await useDump(stage, dump, owner, reset)
    const passed = await reset.send('/reset/code', 'Verifikasi', { code })
    if (passed.path !== '/reset/password') throw new Error(`the owner's own code ended at ${passed.path}`)
    stage.back('was never out; no message tells of a reader')
  })
}

function readDump(stage: Stage, text: string, owner: Owner, secrets: readonly string[]) {
  const numbers = [owner.at['primary number'], owner.at['recovery number']].map((number) => number.slice(1))
  const known = [owner.at['primary e-mail'], owner.at['recovery e-mail'], ...numbers, owner.password].flatMap((text) =>
    formsOf(text),
  )
  expect(secrets.every((secret) => secret.length > 20)).toBe(true)
  const found = [...known, ...secrets].filter((form) => text.includes(form))
  stage.stop('read an address, password, link or cookie', found.length === 0 ? 'not there' : 'there', 'not there')
  stage.gets('names, times, hashes and sealed rows')
}

/** Types, opens and sends what the rows hold, as if it were what it is the hash of. */
async function useDump(stage: Stage, dump: Record<string, string>, owner: Owner, reset: Client) {
  const read = (table: string): unknown => JSON.parse(dump[`public."${table}"`] ?? '')
  const asked = challenges.parse(read('Challenge'))
  const stopAll = async (
    tried: string,
    values: readonly string[],
    wanted: string,
    use: (value: string) => Promise<string | undefined>,
  ) => {
    expect(values.length, tried).toBeGreaterThan(0)
    const ends = await Promise.all(values.slice(-MANY).map(use))
    stage.stop(tried, [...new Set(ends)].join(), wanted)
  }
  const withCookie = (name: string, value: string) => {
    const client = newClient()
    client.cookies.set(name, value)
    return client
  }
  await stopAll(
    'type the hash of a code',
    asked.map(({ codeHash }) => codeHash),
    'code_too_long',
    async (code) => endOf(await reset.send('/reset/code', 'Verifikasi', { code })),
  )
  await stopAll(
    'send the hash of a reset as its cookie',
    asked.flatMap(({ secretHash }) => secretHash ?? []),
    '/reset',
    async (hash) => (await follow(withCookie('reset-challenge', hash), '/reset/password')).path,
  )
  await stopAll(
    'send the id of a session as its cookie',
    sessions.parse(read('Session')).map(({ id }) => id),
    '/login',
    (id) => isSignedOut(withCookie('session', id)),
  )
  await stopAll(
    'open the hash of a link',
    links.parse(read('SecureLink')).map(({ tokenHash }) => tokenHash),
    'link_unknown',
    async (hash) => endOf(await newClient().open(`/secure/${hash}`)),
  )
  await stopAll(
    'log in with the hash of a password',
    users.parse(read('User')).map(({ passwordHash }) => passwordHash),
    'login_wrong',
    async (hash) => endOf(await logIn(newClient(), owner.email, hash)),
  )
}

const follow = async (client: Client, path: string) => client.follow(await client.open(path))
