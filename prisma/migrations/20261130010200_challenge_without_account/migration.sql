-- no transaction
-- The retention deletes registrations and decoys by it.
CREATE INDEX CONCURRENTLY "Challenge_without_account" ON "Challenge"("expiresAt") WHERE "userId" IS NULL;
