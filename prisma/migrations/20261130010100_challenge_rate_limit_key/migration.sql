-- no transaction
-- An erasure finds the challenges that name an erased address.
CREATE INDEX CONCURRENTLY "Challenge_rateLimitKey_idx" ON "Challenge"("rateLimitKey");
