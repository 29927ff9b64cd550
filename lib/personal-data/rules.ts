import { SIGNAL_DAYS, SIGNAL_EVENTS } from '@/lib/activity'
import type { Rule } from './schedule'

const EMPTY_ORIGIN = `ip = '', "userAgent" = '', "originSalt" = null`

const SIGNALS = SIGNAL_EVENTS.map((type) => `'${type}'`).join(', ')

const NOT_FROZEN =
  'not exists (select 1 from "User" owner where owner.id = old."userId" and owner."frozenAt" is not null)'

/**
 * A frozen account is compared with the addresses that it had before the freeze. A link or word refers
 * to its address, and may be kept for longer.
 */
const REFERRED_BY = ['SecureLink', 'ResetLink', 'VetoLink', 'HoldLink', 'CallerWord'].map(
  (table) => `not exists (select 1 from "${table}" row where row."addressId" = old.id)`,
)
const UNUSED_ADDRESS = [...REFERRED_BY, NOT_FROZEN].join(' and ')

/** Of links and words that were sent, and of what they begin. */
const linkRule = (table: string, what: string): Rule => ({
  table,
  what,
  after: 'their expiry',
  kept: 'RETENTION_LINKS_DAYS',
  time: '"expiresAt"',
})

/**
 * What the retention deletes, in this order. Tables that are not named keep a bounded number of rows
 * for each account, or are meant to grow: accounts and the ledger of points. `pruneActivity` deletes
 * old events.
 */
export const RULES: readonly Rule[] = [
  {
    table: 'Message',
    what: 'messages: recipient, kind, delivery',
    after: 'their expiry',
    kept: 'RETENTION_MESSAGES_DAYS',
    time: '"expiresAt"',
  },
  {
    table: 'Message',
    what: 'messages that an account was erased',
    after: 'their expiry',
    kept: 0,
    time: '"expiresAt"',
    only: `old.kind = 'notice.erased'`,
  },
  {
    table: 'InboxMessage',
    what: 'messages in the local inbox',
    after: 'their arrival',
    kept: 'RETENTION_MESSAGES_DAYS',
    time: '"createdAt"',
  },
  linkRule('HoldLink', 'links that stop a new password'),
  {
    table: 'HeldPassword',
    what: 'new passwords that waited: when, and how that ended',
    after: 'their end',
    kept: 'RETENTION_CHALLENGES_DAYS',
    time: '"endedAt"',
    only: `old."endedAt" is not null and not exists (select 1 from "HoldLink" link where link."heldId" = old.id)`,
  },
  {
    table: 'Challenge',
    what: 'challenges: codes as keyed hashes, recipients',
    after: 'their expiry',
    kept: 'RETENTION_CHALLENGES_DAYS',
    time: '"expiresAt"',
    only: `not exists (select 1 from "HeldPassword" held where held."challengeId" = old.id)`,
  },
  {
    table: 'Challenge',
    what: 'challenges without an account: registrations, decoys',
    after: 'their expiry',
    // An e-mail address or a number that somebody typed, whoever it belongs to.
    kept: 2,
    time: '"expiresAt"',
    only: 'old."userId" is null',
  },
  {
    table: 'Session',
    what: 'sessions, with IP address and user agent',
    after: 'their expiry, also of those that were ended',
    kept: 'RETENTION_SESSIONS_DAYS',
    time: '"expiresAt"',
  },
  {
    table: 'StaffSession',
    what: 'sessions of staff, with IP address and user agent',
    after: 'their expiry, also of those that were ended',
    kept: 'RETENTION_SESSIONS_DAYS',
    time: '"expiresAt"',
  },
  {
    table: 'StaffChallenge',
    what: 'challenges for passkeys of staff',
    after: 'their expiry',
    kept: 'RETENTION_SESSIONS_DAYS',
    time: '"expiresAt"',
  },
  {
    table: 'KnownDevice',
    what: 'known devices',
    after: 'the last log-in in them',
    kept: 'RETENTION_DEVICES_DAYS',
    time: 'coalesce("seenAt", "createdAt")',
  },
  {
    table: 'FailureCount',
    what: 'counts of wrong passwords and codes',
    after: 'the last one',
    kept: 'RETENTION_FAILURES_DAYS',
    time: '"updatedAt"',
  },
  linkRule('SecureLink', 'links that freeze an account'),
  linkRule('UnfreezeFlow', 'begun unfreezes'),
  linkRule('ResetLink', 'links that begin a reset'),
  linkRule('VetoLink', 'links that stop an announced unfreeze'),
  linkRule('CallerWord', 'words that callers read out to customer care: keyed hashes'),
  {
    table: 'SavedCode',
    what: 'saved codes: keyed hashes',
    after: 'their use or end, of a frozen account not before its unfreeze',
    kept: 'RETENTION_LINKS_DAYS',
    time: 'coalesce("usedAt", "endedAt")',
    only: NOT_FROZEN,
  },
  {
    table: 'Address',
    what: 'removed addresses',
    after: 'their removal, of a frozen account not before its unfreeze',
    kept: 'RETENTION_ADDRESSES_DAYS',
    time: '"removedAt"',
    only: UNUSED_ADDRESS,
  },
  {
    table: 'Address',
    what: 'IP address from which an address was added',
    after: 'that',
    kept: 'RETENTION_ORIGINS_DAYS',
    time: '"addedAt"',
    only: `old."addedFrom" <> ''`,
    erase: `"addedFrom" = ''`,
  },
  {
    table: 'SecurityEvent',
    what: 'IP address and user agent in the activity',
    after: 'the event',
    kept: 'RETENTION_ORIGINS_DAYS',
    time: 'at',
    only: 'old."originSalt" is not null',
    erase: EMPTY_ORIGIN,
  },
  {
    table: 'SecurityEvent',
    what: 'which number a mobile operator spoke of',
    after: 'the event',
    kept: SIGNAL_DAYS,
    time: 'at',
    only: `old.type in (${SIGNALS}) and old."detailSalt" is not null`,
    erase: `detail = '{}', "detailSalt" = null`,
  },
  {
    table: 'RateLimit',
    what: 'counters of limits',
    after: 'the end of their limit',
    // The clock of a worker may be ahead of that of a web process.
    kept: 1,
    time: 'expire',
    isEpoch: true,
  },
  {
    table: 'NewNumberSend',
    what: 'records of codes to unconfirmed numbers: keyed hashes',
    after: 'the send',
    // Longer than the time over which the usual share of a prefix is computed.
    kept: 8,
    time: '"sentAt"',
  },
  {
    table: 'SmsCount',
    what: 'counts of SMS',
    after: 'their hour',
    // Longer than a ceiling looks back.
    kept: 2,
    time: 'hour',
  },
  {
    table: 'ReadinessCheck',
    what: 'readiness checks of web processes',
    after: 'the last one',
    kept: 1,
    time: 'at',
  },
]
