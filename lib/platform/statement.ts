import type { Prisma } from '@/prisma/client/client'

/**
 * A statement of a path that many requests take. PostgreSQL parses and plans it once for each
 * connection, under its name. Prisma takes a multiple of its time. `Row` is what a row contains: the
 * columns have the types of Prisma's models.
 */
export type Statement<Row> = { name: string; text: string; row?: Row }

/** Makes a statement. The name is unique in the product. */
export const statement = <Row>(name: string, text: string): Statement<Row> => ({ name, text })

/**
 * The columns of a table for a statement. Never `*`: PostgreSQL refuses a named statement whose
 * result changed, as it does when the next version adds a column.
 */
export const columns = (names: Record<string, string>, of = ''): string =>
  Object.values(names)
    .map((name) => `${of && `${of}.`}"${name}"`)
    .join(', ')

/**
 * One connection for several statements. Statements that are sent without waiting for the answer of
 * the one before share a round trip; PostgreSQL runs them in order, each on what is committed when
 * it begins.
 */
export type Sql = {
  run: <Row>(statement: Statement<Row>, values: readonly unknown[]) => Promise<Row[]>
  /** In a transaction of `sqlTransaction`: does not wait for the answer. The commit does. */
  send?: (statement: Statement<unknown>, values: readonly unknown[]) => void
}

/** An open transaction of Prisma. A function that joins one takes it as first parameter. */
export type Tx = Prisma.TransactionClient

/** An open transaction of Prisma, or one of `sqlTransaction`. */
export type AnyTx = Tx | Sql

/** The last statement of each transaction of Prisma, which does not keep the order of statements. */
const latest = new WeakMap<Tx, Promise<unknown>>()

/**
 * Runs a statement in a transaction of either kind, after those that were begun before in the same
 * transaction. With `db()`, which is no transaction, statements do not wait for each other.
 */
export function runIn<Row>(
  tx: AnyTx,
  { name, text }: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  if ('run' in tx) return tx.run<Row>({ name, text }, values)
  const run = () => tx.$queryRawUnsafe<Row[]>(text, ...values)
  if ('$transaction' in tx) return run()
  const rows = (latest.get(tx) ?? Promise.resolve()).then(run, run)
  latest.set(tx, rows)
  return rows
}

/**
 * Runs a statement whose rows nobody needs. In a transaction of `sqlTransaction` it shares the round
 * trip of the commit, which fails if it fails.
 */
export async function sendIn(
  tx: AnyTx,
  statement: Statement<unknown>,
  values: readonly unknown[],
): Promise<void> {
  if ('run' in tx && tx.send) tx.send(statement, values)
  else await runIn(tx, statement, values)
}
