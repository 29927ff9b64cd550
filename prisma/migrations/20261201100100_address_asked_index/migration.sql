-- no transaction
-- The numbers that nobody has verified, and no operator was asked about, for the longest time.
CREATE INDEX CONCURRENTLY "Address_last_asked" ON "Address"(greatest("lastVerifiedAt", "recycleAskedAt"))
    WHERE kind = 'phone' AND "removedAt" IS NULL AND "lastVerifiedAt" IS NOT NULL AND "recycledAt" IS NULL;
