-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "Challenge_expiresAt_idx" ON "Challenge"("expiresAt");
