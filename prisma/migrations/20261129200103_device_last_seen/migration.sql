-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "KnownDevice_last_seen" ON "KnownDevice"((coalesce("seenAt", "createdAt")));
