-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "Address_removed" ON "Address"("removedAt") WHERE "removedAt" IS NOT NULL;
