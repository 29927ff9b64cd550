-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "Session_expiresAt_idx" ON "Session"("expiresAt");
