-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "ResetLink_expiresAt_idx" ON "ResetLink"("expiresAt");
