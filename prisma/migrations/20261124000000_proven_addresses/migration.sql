-- AlterEnum
ALTER TYPE "EventType" ADD VALUE 'recovery_proven';

-- AlterEnum
ALTER TYPE "PointsReason" ADD VALUE 'recovery_check';

-- AlterEnum
ALTER TYPE "Purpose" ADD VALUE 'prove_recovery';

-- AlterTable
ALTER TABLE "Address" ADD COLUMN     "provenAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);

-- Until now an address was proven when it was confirmed, and no later.
UPDATE "Address" SET "provenAt" = "confirmedAt" WHERE "confirmedAt" IS NOT NULL;


-- What follows, schema.prisma cannot say.

ALTER TABLE "Address" ADD CONSTRAINT "Address_proven_is_confirmed" CHECK ("provenAt" IS NULL OR "confirmedAt" IS NOT NULL);

-- Recovery addresses by when their owner was last heard of them, or asked: finds who is to be reminded.
CREATE INDEX "Address_last_proven" ON "Address"(greatest("provenAt", "remindedAt"))
  WHERE "role" = 'recovery' AND "removedAt" IS NULL AND "provenAt" IS NOT NULL;
