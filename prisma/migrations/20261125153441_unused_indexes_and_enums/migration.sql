-- Processes of the version before may run while this is applied and after it: they write text where there is an enum now, which
-- PostgreSQL converts, and columns that may be null now.

CREATE TYPE "RefusedPart" AS ENUM ('key', 'sender');
CREATE TYPE "ReceiptState" AS ENUM ('delivered', 'undeliverable', 'failed');

-- At most one row for each provider, and the receipts of one hour: both tables are rewritten in an instant.
ALTER TABLE "ProviderFault" ALTER COLUMN "refuses" TYPE "RefusedPart" USING "refuses"::"RefusedPart";
ALTER TABLE "EarlyReceipt" ALTER COLUMN "state" TYPE "ReceiptState" USING "state"::"ReceiptState";

-- No query reads these columns. The next version drops them.
ALTER TABLE "InboxMessage" ALTER COLUMN "channel" DROP NOT NULL;
ALTER TABLE "Challenge" ALTER COLUMN "createdAt" DROP NOT NULL;

-- No query, foreign key or constraint uses these indexes: nothing is found or deleted by the end of a challenge or by the last
-- change of a counter, and an address, to which a link refers, is never deleted. Without its index on "updatedAt", a counted
-- attempt rewrites no index (HOT update).
DROP INDEX "Challenge_expiresAt_idx";
DROP INDEX "AttemptCounter_updatedAt_idx";
DROP INDEX "SecureLink_addressId_idx";
