-- no transaction
-- Address_usable_primary_blindIndex replaces it. Nothing names it: processes of the version before insert with ON CONFLICT DO
-- NOTHING, which obeys every unique index.
DROP INDEX CONCURRENTLY "Address_live_primary_blindIndex";
