-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "UnfreezeFlow_expiresAt_idx" ON "UnfreezeFlow"("expiresAt");
