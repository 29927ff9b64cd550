-- no transaction
-- The retention deletes by it.
CREATE INDEX CONCURRENTLY "InboxMessage_createdAt_idx" ON "InboxMessage"("createdAt");
