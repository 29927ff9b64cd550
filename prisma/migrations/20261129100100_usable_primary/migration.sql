-- no transaction
-- A primary address that works belongs to one account. An unconfirmed e-mail that does not work yet reserves nothing.
CREATE UNIQUE INDEX CONCURRENTLY "Address_usable_primary_blindIndex" ON "Address"("blindIndex") WHERE "role" = 'primary' AND "removedAt" IS NULL AND ("confirmedAt" IS NOT NULL OR "worksUnconfirmed");
