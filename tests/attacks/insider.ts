import { expect } from 'vitest'
import { z } from 'zod'
import { dumpDatabase, formsOf } from '../http/database'
import { type Client, newClient } from '../support/client'
import { nextMessage, walkLogin } from '../support/customers'
import { linkIn } from '../support/html'
import { endOf, isSignedOut, logIn } from './intruder'
import { codeAt, type Owner, settle } from './owner'
import { rehearse, type Stage } from './record'

type Wait = (milliseconds: number) => Promise<void>

/** So many rows of a table are tried. */
const MANY = 3

const challenges = z.array(z.object({ secretHash: z.string().nullable(), codeHash: z.string() }))
const sessions = z.array(z.object({ id: z.string() }))
const links = z.array(z.object({ tokenHash: z.string() }))
const users = z.array(z.object({ passwordHash: z.string() }))

export function rehearseInsider(wait: Wait) {
  rehearse(
    'insider who reads the database',
    'a copy of every row of every table, without the keys',
    async (stage) => {
      const owner = await settle(wait)
      await walkLogin(owner)
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
      if (passed.path !== '/reset/password')
        throw new Error(`the owner's own code ended at ${passed.path}`)
      stage.back('was never out; no message tells of a reader')
    },
  )
}

function readDump(stage: Stage, text: string, owner: Owner, secrets: readonly string[]) {
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
  stage.stop(
    'read an address, password, link or cookie',
    found.length === 0 ? 'not there' : 'there',
    'not there',
  )
  stage.gets('names, times, hashes and sealed rows')
}

/** Types, opens and sends what the rows hold, as if it were what it is the hash of. */
async function useDump(stage: Stage, dump: Record<string, string>, owner: Owner, reset: Client) {
  const read = (table: string): unknown => JSON.parse(dump[`public."${table}"`] ?? '')
  const asked = challenges.parse(read('Challenge'))
  const codes = asked.map(({ codeHash }) => codeHash)
  const secrets = asked.flatMap(({ secretHash }) => secretHash ?? [])
  const ids = sessions.parse(read('Session')).map(({ id }) => id)
  const tokens = links.parse(read('SecureLink')).map(({ tokenHash }) => tokenHash)
  const passwords = users.parse(read('User')).map(({ passwordHash }) => passwordHash)
  await stopEach(stage, 'type the hash of a code', codes, 'refused', (code) =>
    typeCode(reset, code),
  )
  await stopEach(
    stage,
    'send the hash of a reset as its cookie',
    secrets,
    '/reset?ended=challenge_gone',
    continueReset,
  )
  await stopEach(stage, 'send the id of a session as its cookie', ids, '/login', (id) =>
    isSignedOut(withCookie('session', id)),
  )
  await stopEach(stage, 'open the hash of a link', tokens, 'link_unknown', openLink)
  await stopEach(
    stage,
    'log in with the hash of a password',
    passwords,
    'login_wrong',
    async (hash) => endOf(await logIn(newClient(), owner.email, hash)),
  )
}

type Use = (value: string) => Promise<string | undefined>

async function stopEach(
  stage: Stage,
  tried: string,
  values: readonly string[],
  wanted: string,
  use: Use,
) {
  expect(values.length, tried).toBeGreaterThan(0)
  const ends = await Promise.all(values.slice(-MANY).map(use))
  stage.stop(tried, [...new Set(ends)].join(), wanted)
}

/** Of a text the digits may be read as a code: then it is a wrong one. */
async function typeCode(client: Client, code: string) {
  const end = endOf(await client.send('/reset/code', 'Verifikasi', { code }))
  return end.replace(/^code_(wrong|not_digits|too_long|too_short)$/, 'refused')
}

async function continueReset(secretHash: string) {
  const client = withCookie('reset-challenge', secretHash)
  return (await client.follow(await client.open('/reset/password'))).path
}

const openLink = async (tokenHash: string) => endOf(await newClient().open(`/secure/${tokenHash}`))

function withCookie(name: string, value: string) {
  const client = newClient()
  client.cookies.set(name, value)
  return client
}
