import { formatAddress } from '@/lib/addresses'
import { openRecipients } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { countedAs } from './counted-as'
import type { Fact } from './facts'
import { challengePages, eventPages, pageAfter, pagesBy } from './paging'

export async function* readPoints(userId: string): AsyncGenerator<Fact[]> {
  const pages = pagesBy((last: { id: string } | undefined) =>
    db().pointsEntry.findMany({
      where: { userId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      ...pageAfter(last && { id: last.id }),
    }),
  )
  for await (const rows of pages)
    yield rows.map(({ createdAt, amount, reason }) => ({ createdAt, amount, reason }))
}

export async function* readSessions(userId: string): AsyncGenerator<Fact[]> {
  const pages = pagesBy((last: { id: string } | undefined) =>
    db().session.findMany({
      where: { userId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      ...pageAfter(last && { id: last.id }),
    }),
  )
  for await (const rows of pages)
    yield rows.map(({ createdAt, lastSeenAt, expiresAt, revokedAt, ip, userAgent }) => ({
      createdAt,
      lastSeenAt,
      expiresAt,
      revokedAt,
      ip,
      userAgent,
    }))
}

export async function* readDevices(userId: string): AsyncGenerator<Fact[]> {
  const pages = pagesBy((last: { secretHash: string } | undefined) =>
    db().knownDevice.findMany({
      where: { userId },
      orderBy: [{ createdAt: 'asc' }, { secretHash: 'asc' }],
      ...pageAfter(last && { userId_secretHash: { userId, secretHash: last.secretHash } }),
    }),
  )
  for await (const rows of pages)
    yield rows.map(({ createdAt, seenAt, revokedAt }) => ({ createdAt, seenAt, revokedAt }))
}

export async function* readCodes(userId: string): AsyncGenerator<Fact[]> {
  for await (const rows of challengePages(userId))
    yield rows.map((row) => ({
      sentAt: row.codeSentAt,
      purpose: row.purpose,
      address: openRecipients(row).map(formatAddress).join(', '),
      attempts: row.attempts,
      expiresAt: row.expiresAt,
      passedAt: row.passedAt,
      simSwapSeenAt: row.simSwapSeenAt,
    }))
}

/** The retention keeps them few. */
export async function readHeldPasswords(userId: string): Promise<Fact[]> {
  const rows = await db().heldPassword.findMany({ where: { userId }, orderBy: { heldAt: 'asc' } })
  return rows.map(({ heldAt: createdAt, dueAt, endedAt, endedBy: outcome }) => ({
    createdAt,
    dueAt,
    endedAt,
    outcome,
  }))
}

/** The retention keeps them few. */
export async function readSavedCodes(userId: string): Promise<Fact[]> {
  const rows = await db().savedCode.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
  return rows.map(({ createdAt, usedAt, endedAt }) => ({ createdAt, usedAt, endedAt }))
}

export async function* readAttempts(userId: string): AsyncGenerator<Fact[]> {
  const where = { account: { in: await countedAs(db(), userId) } }
  const pages = pagesBy((last: { account: string; path: string; scope: string } | undefined) =>
    db().failureCount.findMany({
      where,
      orderBy: [{ account: 'asc' }, { path: 'asc' }, { scope: 'asc' }],
      ...pageAfter(
        last && {
          account_path_scope: { account: last.account, path: last.path, scope: last.scope },
        },
      ),
    }),
  )
  for await (const rows of pages)
    yield rows.map(({ updatedAt, path, scope, failures }) => ({
      at: updatedAt,
      path,
      scope: scope.split(':')[0] ?? '',
      failures,
    }))
}

export async function* readLinks(userId: string): AsyncGenerator<Fact[]> {
  const select = { createdAt: true, expiresAt: true, usedAt: true } as const
  for await (const events of eventPages(userId)) {
    const where = { eventId: { in: events.map(({ id }) => id) } }
    const links = await db().secureLink.findMany({ where, select, orderBy: { createdAt: 'asc' } })
    yield links.map((link) => ({ link: 'freeze', ...link }))
  }
  const flows = await db().unfreezeFlow.findMany({ where: { userId } })
  const resets = await db().resetLink.findMany({ where: { userId } })
  const holds = await db().holdLink.findMany({ where: { held: { userId } } })
  const vetoes = await db().vetoLink.findMany({ where: { action: { case: { userId } } } })
  yield [
    ...flows.map(({ startedAt: createdAt, expiresAt, closedAt: usedAt }) => ({
      link: 'unfreeze',
      createdAt,
      expiresAt,
      usedAt,
    })),
    ...resets.map(({ expiresAt }) => ({ link: 'reset', createdAt: null, expiresAt, usedAt: null })),
    ...holds.map(({ expiresAt, usedAt }) => ({
      link: 'hold',
      createdAt: null,
      expiresAt,
      usedAt,
    })),
    ...vetoes.map(({ expiresAt, usedAt }) => ({
      link: 'veto',
      createdAt: null,
      expiresAt,
      usedAt,
    })),
  ]
}
