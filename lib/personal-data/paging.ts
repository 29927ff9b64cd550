import { db } from '@/lib/platform/db'

/** How many rows are in memory at a time. */
const PAGE_ROWS = 500

/** Reads a table page by page; `read` gets the last row of the page before. */
export async function* pagesBy<Row>(
  read: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ; ) {
    const rows = await read(last)
    if (rows.length > 0) yield rows
    last = rows.at(-1)
    if (rows.length < PAGE_ROWS) return
  }
}

/** The options of Prisma for the page after a row. */
export const pageAfter = <Cursor>(cursor: Cursor | undefined) => ({
  take: PAGE_ROWS,
  ...(cursor !== undefined && { cursor, skip: 1 }),
})

/** The events of an account, in their order. */
export const eventPages = (userId: string) =>
  pagesBy((last: { position: number } | undefined) =>
    db().securityEvent.findMany({
      where: { userId, position: { gt: last?.position ?? 0 } },
      orderBy: { position: 'asc' },
      ...pageAfter(undefined),
    }),
  )

/** The challenges of an account, in the order of their codes. */
export const challengePages = (userId: string) =>
  pagesBy((last: { id: string } | undefined) =>
    db().challenge.findMany({
      where: { userId },
      orderBy: [{ codeSentAt: 'asc' }, { id: 'asc' }],
      ...pageAfter(last && { id: last.id }),
    }),
  )
