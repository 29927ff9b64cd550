-- The role of the web processes behind PgBouncer. Run it once, as a superuser, in the database of the
-- product, whose owner is recovery_account:
--   psql --file=deploy/pgbouncer/roles.sql "$DATABASE_DIRECT_URL"
-- Then give it a password, which psql hashes: psql --command='\password recovery_account_web' …

-- It has the rights of the owner: those of the queue cannot be granted singly, because graphile-worker
-- protects its tables by row security, which only their owner passes.
CREATE ROLE recovery_account_web LOGIN IN ROLE recovery_account;

-- What each process sets itself on a direct connection. Through a pooler, they are settings of the role.
ALTER ROLE recovery_account_web SET statement_timeout = '7s';
ALTER ROLE recovery_account_web SET lock_timeout = '5s';
ALTER ROLE recovery_account_web SET idle_in_transaction_session_timeout = '10s';
