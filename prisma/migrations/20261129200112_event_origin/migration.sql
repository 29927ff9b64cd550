-- no transaction
-- The retention erases IP addresses and user agents by it.
CREATE INDEX CONCURRENTLY "SecurityEvent_with_origin" ON "SecurityEvent"("at") WHERE "originSalt" IS NOT NULL;
