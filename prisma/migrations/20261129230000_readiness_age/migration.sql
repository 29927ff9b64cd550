-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "ReadinessCheck_at_idx" ON "ReadinessCheck"("at");
