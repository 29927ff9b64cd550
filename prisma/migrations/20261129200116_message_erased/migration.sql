-- no transaction
-- The retention deletes the last messages of an erased account by it.
CREATE INDEX CONCURRENTLY "Message_of_erasure" ON "Message"("expiresAt") WHERE "kind" = 'notice.erased';
