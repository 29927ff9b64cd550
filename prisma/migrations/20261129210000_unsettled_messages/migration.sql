-- no transaction
-- The messages that wait, by the time at which they were written: the metrics count them, and the housekeeping finds them.
CREATE INDEX CONCURRENTLY "Message_unsettled_idx" ON "Message" ("createdAt") WHERE "sentAt" IS NULL AND "failedAt" IS NULL;
