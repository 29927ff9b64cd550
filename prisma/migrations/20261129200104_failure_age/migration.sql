-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "FailureCount_updatedAt_idx" ON "FailureCount"("updatedAt");
