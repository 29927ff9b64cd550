import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '@/lib/platform/db'
import { addRecoveriesWithCodes } from '../support/accounts'
import { readOutbox } from '../support/outbox'
import { base64Traces, notations, traces } from './dump-traces'
import { ADDRESSES, EMAIL, PASSWORDS, PHONE, useEverything } from './dump-walk'

addRecoveriesWithCodes()

/** Every row of every table of every schema, as text in lower case. */
async function dump(): Promise<string> {
  const { rows: tables } = await pool().query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
  const parts = tables.map(({ name }) =>
    pool().query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`),
  )
  const rows = (await Promise.all(parts)).flatMap((result) => result.rows.map(({ row }) => row))
  return rows.join('\n').toLowerCase()
}

const found = (text: string, needles: string[]) => needles.filter((needle) => text.includes(needle))

/** Longer numbers contain six digits by chance, so only a delimited code counts. */
const foundCodes = (text: string, codes: string[]) =>
  codes.filter((code) => new RegExp(`(?<![0-9a-z.])${code}(?![0-9a-z])`).test(text))

describe('R11 a dump of a used database', () => {
  let [secrets, codes, links, text]: [string[], string[], string[], string] = [[], [], [], '']

  beforeAll(async () => {
    secrets = await useEverything()
    const contents = (await readOutbox()).map(({ content }) => content)
    codes = contents.flatMap((content) => (content.kind === 'code' ? [content.code] : []))
    links = contents.flatMap((content) =>
      content.kind === 'notice' && content.link ? [content.link] : [],
    )
    text = await dump()
  })

  it('has rows in every table of the flows, and contains the readable texts', async () => {
    for (const open of ['galuh candra', '•••', '$argon2id$', 'recovery_reward'])
      expect(text).toContain(open)
    expect(codes.length).toBeGreaterThan(10)
    for (const table of [
      'Address',
      'CallerWord',
      'Case',
      'CaseAction',
      'CaseApproval',
      'Challenge',
      'FailureCount',
      'KnownDevice',
      'Message',
      'NewNumberSend',
      'PointsEntry',
      'RateLimit',
      'SavedCode',
      'SecureLink',
      'SecurityEvent',
      'Session',
      'StaffEvent',
      'User',
      'VetoLink',
    ])
      expect((await pool().query(`SELECT 1 FROM "${table}" LIMIT 1`)).rowCount, table).toBe(1)
  })

  it('would be found to contain an address in each searched form', () => {
    const encoded = ['hex', 'base64', 'base64url'] as const
    for (const encoding of encoded)
      for (const prefix of ['', 'x', 'xy', 'xyz']) {
        const hidden = Buffer.from(`${prefix}${PHONE.value} and more`)
          .toString(encoding)
          .toLowerCase()
        expect(found(hidden, traces(PHONE.value)).length, `${encoding} ${prefix}`).toBeGreaterThan(
          0,
        )
      }
    const hashed = createHash('sha256').update(EMAIL.value).digest('base64').toLowerCase()
    expect(found(hashed, traces(EMAIL.value)).length).toBeGreaterThan(0)
  })

  it('contains no address in any notation or encoding, and no unkeyed hash of one', () => {
    expect(found(text, ADDRESSES.flatMap(notations).flatMap(traces))).toEqual([])
  })

  it('contains no code and no unkeyed hash of one, alone or with its address', () => {
    const encoded = codes.flatMap(traces).filter((trace) => !codes.includes(trace))
    expect(found(text, encoded)).toEqual([])
    const withAddress = codes.flatMap((code) =>
      ADDRESSES.flatMap(notations).flatMap((one) => [
        `${one}${code}`,
        `${code}${one}`,
        `${one}:${code}`,
      ]),
    )
    expect(found(text, withAddress.flatMap(traces))).toEqual([])
    expect(foundCodes(text, codes)).toEqual([])
  })

  it('contains no password, and no hash of one except argon2id', () => {
    expect(found(text, PASSWORDS.flatMap(traces))).toEqual([])
  })

  it('contains no secret of a browser, session or link, only hashes of secrets of at least 128 bits', () => {
    expect(links.length).toBeGreaterThan(10)
    const readable = [...secrets, ...links].flatMap((secret) => [
      secret,
      secret.replaceAll('-', ''),
      Buffer.from(secret).toString('hex'),
      ...base64Traces(Buffer.from(secret)),
    ])
    expect(
      found(
        text,
        readable.map((one) => one.toLowerCase()),
      ),
    ).toEqual([])
  })
})
