import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { WayActions } from '@/app/profile/way-actions'
import type { RecoveryMethod } from '@/lib/contacts'

vi.mock('next-intl/server', () => ({ getLocale: async () => 'id' }))

const DAY = new Date('2026-11-23T07:30:00.000Z')
const MASK = 'bu•••o@example.com'

const WAY: RecoveryMethod = {
  role: 'recovery',
  kind: 'email',
  state: 'ready',
  mask: MASK,
  isConfirmed: true,
  addedAt: DAY,
  lastVerifiedAt: DAY,
}

type Given = Partial<RecoveryMethod> & { isDue?: boolean; isLocked?: boolean }

/** The actions of an address: their words, and where they lead. */
async function actionsOf({ isDue = false, isLocked = false, ...changed }: Given) {
  const way = { ...WAY, ...changed }
  const actions = await WayActions({ way, isDue, isLocked, name: 'Email Akun Recovery' })
  const html = renderToStaticMarkup(actions)
  return [...html.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)/g)].map(([, href, word]) => [word, href])
}

const EMAIL = '/profile/recovery/email'

describe('an address in the profile', () => {
  it.each([
    [
      'a recovery address',
      {},
      [
        ['Ganti', `${EMAIL}/replace`],
        ['Hapus', `${EMAIL}/remove`],
      ],
    ],
    [
      'one without confirmation',
      { isConfirmed: false, state: 'unconfirmed' },
      [
        ['Verifikasi', `${EMAIL}/confirm`],
        ['Hapus', `${EMAIL}/remove`],
      ],
    ],
    [
      'one that is unreachable before its confirmation',
      { isConfirmed: false, state: 'unreachable' },
      [
        ['Verifikasi', `${EMAIL}/confirm`],
        ['Hapus', `${EMAIL}/remove`],
      ],
    ],
    ['no recovery address', { state: 'missing', mask: undefined }, [['Tambah', EMAIL]]],
    ['a primary number', { role: 'primary', kind: 'phone' }, [['Ganti', '/profile/phone']]],
    [
      'an unconfirmed primary e-mail',
      { role: 'primary', state: 'pending', isConfirmed: false },
      [
        ['Verifikasi', '/profile/email/verify'],
        ['Ganti', '/profile/email'],
      ],
    ],
    [
      'no primary e-mail',
      { role: 'primary', state: 'missing', mask: undefined },
      [['Tambah', '/profile/email']],
    ],
    ['a restricted account', { isLocked: true }, []],
  ] as const)('offers for %s what can be done with it', async (_, given, actions) => {
    expect(await actionsOf(given)).toEqual(actions)
  })
})
