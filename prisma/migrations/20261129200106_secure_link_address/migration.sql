-- no transaction
-- The deletion of an address looks for its links.
CREATE INDEX CONCURRENTLY "SecureLink_addressId_idx" ON "SecureLink"("addressId");
