-- no transaction
-- The messages that wait to be sent, in the order in which they are claimed.
CREATE INDEX CONCURRENTLY "Message_queue_idx" ON "Message" ("channel", "urgency", "runAt") WHERE "runAt" IS NOT NULL;
