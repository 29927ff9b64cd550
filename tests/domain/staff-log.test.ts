import { beforeEach, describe, expect, it } from 'vitest'
import { keyedHash } from '@/lib/platform/crypto'
import { db, pool, transaction } from '@/lib/platform/db'
import { recordStaffEvent, verifyStaffLog } from '@/lib/staff-log'
import { exportStaffEvents, listStaffEvents } from '@/lib/support'
import type { StaffEventType } from '@/prisma/client/enums'
import { atOnce, later, NOW } from '../support/accounts'
import { emptyDatabase } from '../support/empty-database'
import { closeGate } from '../support/gate'
import { makeStaff } from '../support/staff'
import { tamper } from './activity-actions'
import { loseKeyOf } from './staff-log-actions'

const record = (
  type: StaffEventType,
  given: { staffId?: string; detail?: object } = {},
  now = NOW,
) =>
  transaction((tx) =>
    recordStaffEvent(tx, { type, staffId: null, ...given, detail: { ...given.detail }, now }),
  )

const positions = async () =>
  (await db().staffEvent.findMany({ orderBy: { position: 'asc' } })).map(({ position }) => position)

const faultOf = async () => {
  const { proven, fault } = await verifyStaffLog()
  return fault ? `${fault.fault} ${fault.position}, ${proven} proven` : `${proven} proven`
}

beforeEach(emptyDatabase)

describe('the log of staff', () => {
  it('is one chain when many begin it at the same moment', async () => {
    const gate = await closeGate('StaffLog')
    const written = atOnce(5, (nth) => record('invited', { detail: { nth } }))
    await gate.crowd(5)
    await gate.open()
    expect((await written).toSorted()).toEqual([1, 2, 3, 4, 5])
    expect(await faultOf()).toBe('5 proven')
  })

  it('is one chain when many write at the same moment, in the order of their commits', async () => {
    await record('invited')
    const gate = await closeGate('StaffEvent')
    const written = atOnce(6, (nth) => record('signed_in', { detail: { nth } }))
    await gate.crowd(6)
    await gate.open()
    await written
    expect(await positions()).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(await faultOf()).toBe('7 proven')
  })

  it('has no gap when a transaction is rolled back', async () => {
    await record('invited')
    const failing = transaction(async (tx) => {
      await recordStaffEvent(tx, { type: 'signed_in', staffId: null, now: NOW })
      throw new Error('gagal')
    })
    await expect(failing).rejects.toThrow('gagal')
    await record('signed_out')
    expect(await positions()).toEqual([1, 2])
    expect(await faultOf()).toBe('2 proven')
  })

  it('covers details with keys in any order, and lists and objects in them', async () => {
    const detail = { zeta: 1, alfa: ['b', 'a'], objek: { z: null, a: 'x' } }
    await record('requested', { detail })
    expect(await faultOf()).toBe('1 proven')
  })

  it('is append-only in the database', async () => {
    await record('invited')
    for (const sql of ['update "StaffEvent" set detail = \'{}\'', 'delete from "StaffEvent"'])
      await expect(pool().query(sql)).rejects.toThrow()
  })
})

it('the verification of the log of staff finds nothing before anybody was invited', async () => {
  expect(await faultOf()).toBe('0 proven')
})

describe('the verification of the log of staff finds', () => {
  beforeEach(async () => {
    for (const type of ['invited', 'enrolled', 'confirmed', 'signed_in'] as const)
      await record(type, { staffId: '11111111-1111-4111-8111-111111111111', detail: { a: 'x' } })
  })

  it('nothing in a log that is as it was written', async () => {
    expect(await faultOf()).toBe('4 proven')
  })

  it.each([
    ['type', `type = 'disabled'`],
    ['time', `at = at - interval '1 hour'`],
    ['person', `"staffId" = null`],
    ['account', `"userId" = gen_random_uuid()`],
    ['detail', `detail = '{"a": "y"}'`],
    ['hash', `hash = repeat('0', 64)`],
  ])('an altered %s', async (_, change) => {
    await tamper(`update "StaffEvent" set ${change} where position = 2`)
    expect(await faultOf()).toBe('altered 2, 1 proven')
  })

  it('a missing row, also when the others are numbered anew', async () => {
    await tamper('delete from "StaffEvent" where position = 2')
    expect(await faultOf()).toBe('missing 2, 1 proven')
    for (const position of [3, 4])
      await tamper(
        `update "StaffEvent" set position = ${position - 1} where position = ${position}`,
      )
    expect(await faultOf()).toBe('altered 2, 1 proven')
  })

  it('rows that are cut off, with or without the stored end', async () => {
    const { hash } = await db().staffEvent.findUniqueOrThrow({ where: { position: 2 } })
    await tamper('delete from "StaffEvent" where position > 2')
    expect(await faultOf()).toBe('cut_off 3, 2 proven')
    await tamper('update "StaffLog" set position = 2, hash = $1', [hash])
    expect(await faultOf()).toBe('cut_off 3, 2 proven')
    await tamper('delete from "StaffLog"')
    expect(await faultOf()).toBe('cut_off 3, 2 proven')
  })

  it('an empty log of somebody who was invited', async () => {
    await makeStaff('agent')
    await tamper('delete from "StaffEvent"')
    expect(await faultOf()).toBe('cut_off 1, 0 proven')
    await tamper('delete from "StaffLog"')
    expect(await faultOf()).toBe('missing 1, 0 proven')
  })

  it('a row that was hashed without the key, or for another use', async () => {
    for (const hash of ['a'.repeat(64), keyedHash('["x"]', 'staff.head')]) {
      await tamper('update "StaffEvent" set hash = $1 where position = 4', [hash])
      await tamper('update "StaffLog" set hash = $1', [hash])
      expect(await faultOf()).toBe('altered 4, 3 proven')
    }
  })

  it('a key that is missing', async () => {
    await tamper('delete from "StaffEvent" where position > 1')
    await tamper(`update "StaffLog" set position = 1, hash = repeat('0', 64)`)
    await loseKeyOf(1)
    expect(await faultOf()).toBe('key_missing 1, 0 proven')
  })

  it('a row that was altered after one whose key is missing', async () => {
    await loseKeyOf(1)
    // The hash of the next row covers that of the first one, and its key is here.
    expect(await faultOf()).toBe('altered 2, 1 proven')
  })
})

describe('the auditor', () => {
  it('reads pages of fifty rows, the latest first, with names', async () => {
    const { staffId } = await makeStaff('agent')
    for (let nth = 0; nth < 60; nth++) await record('looked_up', { staffId }, later(nth))
    const { entries, next } = await listStaffEvents({ person: staffId, type: 'looked_up' })
    expect([entries.length, entries[0]?.at]).toEqual([50, later(59)])
    expect(entries[0]?.name).toContain('Staf ')
    const rest = await listStaffEvents({ person: staffId, type: 'looked_up' }, next)
    expect([rest.entries.length, rest.next]).toEqual([10, undefined])
  })

  it('filters by person, type and time, the end not included', async () => {
    const { staffId } = await makeStaff('agent')
    for (const seconds of [100, 200, 300]) await record('looked_up', { staffId }, later(seconds))
    await record('case_viewed', {}, later(200))
    const found = async (filter: Parameters<typeof listStaffEvents>[0]) =>
      (await listStaffEvents(filter)).entries.map(
        ({ at }) => (at.getTime() - NOW.getTime()) / 1_000,
      )
    expect(await found({ person: staffId, from: later(100), to: later(300) })).toEqual([200, 100])
    expect(await found({ type: 'case_viewed' })).toEqual([200])
    expect(await found({ from: later(201) })).toEqual([300])
  })

  it('exports rows as CSV that no spreadsheet calculates, and the export is a row', async () => {
    const { staffId } = await makeStaff('auditor')
    const auditor = { staffId, name: 'Auditor', role: 'auditor', sessionId: 'x' } as const
    await db().staff.update({ where: { id: staffId }, data: { name: '=HYPERLINK("jahat")' } })
    await record('looked_up', { staffId, detail: { reason: 'ia bilang "ya"' } })
    const lines: string[] = []
    for await (const line of await exportStaffEvents(auditor, { type: 'looked_up' }, later(9)))
      lines.push(line)
    expect(lines[0]).toBe('"position","at","type","staff","name","case","account","detail"\r\n')
    expect(lines[1]).toContain(`"'=HYPERLINK(""jahat"")"`)
    expect(lines[1]).toContain('ia bilang \\""ya\\""')
    expect(lines).toHaveLength(2)
    const { entries } = await listStaffEvents({ type: 'exported' })
    expect(entries).toMatchObject([{ staffId, at: later(9), detail: { type: 'looked_up' } }])
    expect(await faultOf()).toMatch(/^\d+ proven$/)
  })
})
