-- no transaction
-- Accounts that are to be erased.
CREATE INDEX CONCURRENTLY "User_to_erase" ON "User"("eraseAt") WHERE "eraseAt" IS NOT NULL;
