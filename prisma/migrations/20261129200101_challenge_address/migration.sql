-- no transaction
-- The deletion of an address looks for its challenges.
CREATE INDEX CONCURRENTLY "Challenge_of_address" ON "Challenge"("addressId") WHERE "addressId" IS NOT NULL;
