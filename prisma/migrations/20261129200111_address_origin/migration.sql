-- no transaction
-- The retention erases IP addresses by it.
CREATE INDEX CONCURRENTLY "Address_with_origin" ON "Address"("addedAt") WHERE "addedFrom" <> '';
