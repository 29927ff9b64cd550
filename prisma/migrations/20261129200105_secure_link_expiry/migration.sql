-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "SecureLink_expiresAt_idx" ON "SecureLink"("expiresAt");
