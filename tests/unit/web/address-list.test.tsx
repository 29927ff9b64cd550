import { renderToStaticMarkup } from 'react-dom/server'
import { createFormatter, createTranslator } from 'use-intl/core'
import { describe, expect, it, vi } from 'vitest'
import { PrimaryList, RecoveryList } from '@/app/profile/address-list'
import messages from '@/messages/id.json'

vi.mock('next-intl/server', () => ({
  getTranslations: async (namespace: 'profile') =>
    createTranslator({ locale: 'id', messages, namespace }),
  getFormatter: async () => createFormatter({ locale: 'id', timeZone: 'Asia/Jakarta' }),
}))

const ADDED = new Date('2026-11-23T07:30:00.000Z')
const STATED = {
  kind: 'email',
  mask: 'b•••@example.com',
  addedAt: ADDED,
  confirmedAt: ADDED,
  isUsable: true,
  isReachable: true,
} as const
const HELD = { ...STATED, lastVerifiedAt: ADDED, consent: null }

type Changed = {
  confirmedAt?: Date | null
  isReachable?: boolean
  consent?: { version: string; at: Date }
}

const show = async (changed: Changed) =>
  renderToStaticMarkup(await RecoveryList({ addresses: [{ ...HELD, ...changed }] })).replace(
    /<[^>]+>/g,
    '|',
  )

describe('a recovery address in the profile', () => {
  it('that is confirmed is shown as active', async () => {
    const text = await show({})
    expect(text).toContain('|Aktif|')
    expect(text).not.toContain('dijangkau')
  })

  it('R68 shows when its owner agreed to its use, and to which text', async () => {
    const at = new Date('2026-11-30T03:00:00.000Z')
    expect(await show({ consent: { version: '2026-11', at } })).toContain(
      'Kamu menyetujui pemakaiannya pada 30 Nov 2026 (versi 2026-11).',
    )
    expect(await show({})).not.toContain('menyetujui')
  })

  it('that is unreachable is shown so, and can be removed', async () => {
    const text = await show({ isReachable: false })
    expect(text).toContain('|Tidak bisa dijangkau|')
    expect(text).toContain('|Hapus|')
    expect(text).not.toContain('Aktif')
  })

  it('that is unconfirmed is shown so, and can be confirmed even when it is unreachable', async () => {
    expect(await show({ confirmedAt: null })).toContain('|Menunggu konfirmasi|')
    const text = await show({ confirmedAt: null, isReachable: false })
    expect(text).toContain('|Tidak bisa dijangkau|')
    expect(text).toContain('|Konfirmasi|')
  })
})

describe('a primary address in the profile', () => {
  const markup = async (confirmedAt: Date | null, isUsable = true) =>
    renderToStaticMarkup(await PrimaryList({ addresses: [{ ...HELD, confirmedAt, isUsable }] }))

  it('shows its state only when it is unconfirmed, and links to a change', async () => {
    expect(await markup(ADDED)).not.toContain('Belum dikonfirmasi')
    expect(await markup(null)).toContain('Belum dikonfirmasi')
    for (const confirmedAt of [ADDED, null])
      expect(await markup(confirmedAt)).toContain('href="/profile/email"')
  })

  it('says so when it does not log in yet', async () => {
    expect(await markup(null, false)).toContain('Belum bisa dipakai untuk masuk')
    expect(await markup(null)).not.toContain('Belum bisa dipakai untuk masuk')
  })

  it('can be added when the account has none', async () => {
    const text = renderToStaticMarkup(await PrimaryList({ addresses: [] }))
    expect(text).toContain('href="/profile/email"')
    expect(text).toContain('Tambah')
  })
})

describe('a recovery address', () => {
  it('links to a replacement once it is confirmed', async () => {
    const recovery = async (confirmedAt: Date | null) =>
      renderToStaticMarkup(await RecoveryList({ addresses: [{ ...HELD, confirmedAt }] }))
    expect(await recovery(ADDED)).toContain('href="/profile/recovery/email/replace"')
    expect(await recovery(null)).not.toContain('/replace')
  })
})
