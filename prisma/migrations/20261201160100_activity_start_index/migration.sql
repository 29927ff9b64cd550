-- no transaction
-- The retention finds the events that are to be deleted. An event enters this index when its IP address is erased.
CREATE INDEX CONCURRENTLY "SecurityEvent_without_origin" ON "SecurityEvent"("at") WHERE "originSalt" IS NULL;
