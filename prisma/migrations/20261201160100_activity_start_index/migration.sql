-- no transaction
-- The retention finds the events that are to be deleted. No event has an entry before its IP address is erased.
CREATE INDEX CONCURRENTLY "SecurityEvent_without_origin" ON "SecurityEvent"("at") WHERE "originSalt" IS NULL;
