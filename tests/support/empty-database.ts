import pg from 'pg'
import { env } from '@/lib/platform/env'

/**
 * The role of a replica fires no triggers: those of the append-only tables refuse a deletion. A
 * connection of the product would be refused to a process whose keys the database does not know.
 */
export async function emptyDatabase() {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  await client
    .query(`
    do $$ declare name text; begin
      set local session_replication_role = replica;
      for name in
        select format('%I.%I', schemaname, tablename) from pg_tables
         where schemaname = 'public' and tablename <> '_prisma_migrations'
      loop execute 'delete from ' || name; end loop;
    end $$`)
    .finally(() => client.end())
}
