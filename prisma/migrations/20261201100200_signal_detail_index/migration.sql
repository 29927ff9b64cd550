-- no transaction
-- The retention finds the events that tell what an operator said.
CREATE INDEX CONCURRENTLY "SecurityEvent_signal_detail" ON "SecurityEvent"(at)
    WHERE type IN ('number_recycled', 'number_reclaimed', 'password_held') AND "detailSalt" IS NOT NULL;
