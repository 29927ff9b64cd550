import { describe, expect, it } from 'vitest'
import { judgeStuck } from '@/lib/support/stuck'

const NOW = new Date('2026-03-02T03:00:00.000Z')
const UNTIL = new Date('2026-03-03T03:00:00.000Z')
type Seen = Parameters<typeof judgeStuck>[0]

const WAY = {
  state: 'ready',
  addressId: 'a',
  present: '0812-••••-7890',
  earlier: null,
  isDisputed: false,
  isConfirmed: true,
  addedAt: NOW,
  lastVerifiedAt: NOW,
} as const

/** An account of which nothing keeps the owner out. */
const WELL: Seen = {
  frozen: null,
  opensAlone: true,
  restrictedUntil: null,
  eraseAt: null,
  ways: [
    { ...WAY, slot: 'primary_phone' },
    { ...WAY, slot: 'recovery_email' },
  ],
  messages: [],
  actions: [],
  vetoes: [],
  limits: { attempts: [], codes: [] },
}

const FROZEN = { at: NOW, by: 'profile', reference: 'BCDF2345' } as const

const message = (mask: string, state: 'failed' | 'delivered') =>
  ({
    at: NOW,
    channel: 'sms',
    kind: 'code.reset_password',
    mask,
    state,
    failure: undefined,
  }) as const

const attempts = (scope: 'unknown' | 'session' | 'devices' | 'links') =>
  ({ path: 'recovery', scope, used: 60, of: 60, isUsedUp: true }) as const

const UNFREEZE: Seen['actions'][number] = {
  actionId: 'a',
  caseNumber: 'BCDF23',
  type: 'unfreeze',
  state: 'waiting',
  reason: '',
  ticket: '',
  requestedBy: { staffId: '', name: '' },
  requestedAt: NOW,
  expiresAt: NOW,
  approvalsNeeded: 1,
  approvals: [],
  provenBy: null,
  dueAt: UNTIL,
  endedAt: null,
  outcome: null,
}

const TABLE: [string, Partial<Seen>, string[], string][] = [
  ['nothing', {}, ['nothing_wrong'], 'explain_reset'],
  ['a freeze that its owner can end', { frozen: FROZEN }, ['frozen_can_open_alone'], 'open_alone'],
  [
    'a freeze that its owner cannot end',
    { frozen: FROZEN, opensAlone: false },
    ['frozen_needs_two_people'],
    'prove_and_ask_unfreeze',
  ],
  [
    'an announced unfreeze',
    { frozen: FROZEN, opensAlone: false, actions: [UNFREEZE] },
    ['unfreeze_waits'],
    'wait_for_unfreeze',
  ],
  [
    'an unfreeze that was stopped',
    {
      frozen: FROZEN,
      opensAlone: false,
      vetoes: ['x'],
      actions: [{ ...UNFREEZE, state: 'ended' }],
    },
    ['unfreeze_vetoed'],
    'prove_by_other_address',
  ],
  ['an erasure', { eraseAt: UNTIL }, ['erasure_pending'], 'cancel_erasure_in_profile'],
  [
    'attempts of strangers',
    { limits: { attempts: [attempts('unknown')], codes: [] } },
    ['attempts_used_up'],
    'ask_restore_attempts',
  ],
  [
    'attempts of a known device alone',
    { limits: { attempts: [attempts('devices'), attempts('links')], codes: [] } },
    ['nothing_wrong'],
    'explain_reset',
  ],
  [
    'codes that are limited',
    {
      limits: {
        attempts: [],
        codes: [
          { of: 'reset', until: UNTIL },
          { of: 'own', until: NOW },
        ],
      },
    },
    ['codes_limited'],
    'wait_for_codes',
  ],
  [
    'codes of an unfreeze while it is open',
    { limits: { attempts: [], codes: [{ of: 'unfreeze', until: UNTIL }] } },
    ['nothing_wrong'],
    'explain_reset',
  ],
  [
    'two failed messages in a row to one address',
    { messages: [message('a', 'failed'), message('b', 'delivered'), message('a', 'failed')] },
    ['messages_failing'],
    'use_other_address',
  ],
  [
    'a message that arrived after failures',
    { messages: [message('a', 'delivered'), message('a', 'failed'), message('a', 'failed')] },
    ['nothing_wrong'],
    'explain_reset',
  ],
  ['a restriction', { restrictedUntil: UNTIL }, ['restricted_until'], 'wait_for_restriction'],
  [
    'no confirmed second address',
    {
      ways: [
        { ...WAY, slot: 'primary_phone' },
        { ...WAY, slot: 'recovery_email', state: 'unconfirmed' },
      ],
    },
    ['no_second_proven_address'],
    'add_recovery_address',
  ],
  [
    'a second address that was not checked for a year',
    {
      ways: [
        { ...WAY, slot: 'primary_phone' },
        { ...WAY, slot: 'recovery_phone', state: 'stale' },
      ],
    },
    ['nothing_wrong'],
    'explain_reset',
  ],
  [
    'several at once',
    {
      frozen: FROZEN,
      eraseAt: UNTIL,
      restrictedUntil: UNTIL,
      ways: [],
      limits: { attempts: [attempts('session')], codes: [{ of: 'unfreeze', until: UNTIL }] },
      messages: [message('a', 'failed'), message('a', 'failed')],
    },
    [
      'frozen_can_open_alone',
      'erasure_pending',
      'attempts_used_up',
      'codes_limited',
      'messages_failing',
      'restricted_until',
      'no_second_proven_address',
    ],
    'open_alone',
  ],
]

describe('why a customer is stuck, and what to do first', () => {
  it.each(TABLE)('%s', (_, given, reasons, next) => {
    const judged = judgeStuck({ ...WELL, ...given })
    expect(judged.reasons.map(({ reason }) => reason)).toEqual(reasons)
    expect(judged.next).toBe(next)
  })

  it('tells when a reason ends by itself', () => {
    const codes: Seen['limits']['codes'] = [
      { of: 'reset', until: UNTIL },
      { of: 'own', until: NOW },
    ]
    const { reasons } = judgeStuck({ ...WELL, limits: { attempts: [], codes } })
    expect(reasons).toEqual([{ reason: 'codes_limited', until: UNTIL }])
  })
})
