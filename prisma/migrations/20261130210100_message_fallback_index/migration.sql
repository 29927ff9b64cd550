-- no transaction
-- The WhatsApp messages that an SMS may replace, in the order in which it is sent.
CREATE INDEX CONCURRENTLY "Message_fallback_idx" ON "Message" ("fallbackAt") WHERE "fallbackAt" IS NOT NULL;
