-- no transaction
-- Rows whose hash covers the values themselves.
CREATE INDEX CONCURRENTLY "SecurityEvent_without_digests" ON "SecurityEvent"("userId", "at") WHERE "originDigest" IS NULL;
