ALTER TYPE "EventType" ADD VALUE 'phone_changed';
ALTER TYPE "EventType" ADD VALUE 'email_changed';
ALTER TYPE "EventType" ADD VALUE 'email_confirmed';
ALTER TYPE "EventType" ADD VALUE 'recovery_replaced';
ALTER TYPE "EventType" ADD VALUE 'session_ended';
ALTER TYPE "EventType" ADD VALUE 'sessions_ended';
ALTER TYPE "EventType" ADD VALUE 'frozen';
ALTER TYPE "EventType" ADD VALUE 'thawed';
ALTER TYPE "EventType" ADD VALUE 'thawed_by_care';
ALTER TYPE "EventType" ADD VALUE 'change_undone';
ALTER TYPE "EventType" ADD VALUE 'restriction_lifted';
ALTER TYPE "EventType" ADD VALUE 'guesses_restored';

ALTER TYPE "PointsReason" ADD VALUE 'recovery_reward_reversed';

ALTER TYPE "Purpose" ADD VALUE 'change_phone';
ALTER TYPE "Purpose" ADD VALUE 'change_email';
ALTER TYPE "Purpose" ADD VALUE 'replace_recovery';
ALTER TYPE "Purpose" ADD VALUE 'confirm_phone';
ALTER TYPE "Purpose" ADD VALUE 'confirm_email';
ALTER TYPE "Purpose" ADD VALUE 'confirm_replacement';
ALTER TYPE "Purpose" ADD VALUE 'prove_email';
ALTER TYPE "Purpose" ADD VALUE 'thaw_first';
ALTER TYPE "Purpose" ADD VALUE 'thaw_second';
ALTER TYPE "Purpose" ADD VALUE 'lift_restriction';

-- DropIndex
DROP INDEX "Challenge_secretHash_key";

-- AlterTable
ALTER TABLE "SecurityEvent" ADD COLUMN     "hash" VARCHAR(64),
ADD COLUMN     "position" INTEGER;

-- Rows from before the chains are numbered and have no hash; a chain begins after them.
ALTER TABLE "SecurityEvent" DISABLE TRIGGER "SecurityEvent_append_only";
UPDATE "SecurityEvent" event SET "position" = numbered."position"
FROM (SELECT "id", row_number() OVER (PARTITION BY "userId" ORDER BY "at", "id") AS "position" FROM "SecurityEvent") numbered
WHERE numbered."id" = event."id";
ALTER TABLE "SecurityEvent" ENABLE TRIGGER "SecurityEvent_append_only";
ALTER TABLE "SecurityEvent" ALTER COLUMN "position" SET NOT NULL;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "activityHead" VARCHAR(64),
ADD COLUMN     "frozenAt" TIMESTAMPTZ(3),
ADD COLUMN     "restrictedBy" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "restrictedUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "SecureLink" (
    "tokenHash" VARCHAR(64) NOT NULL,
    "eventId" UUID NOT NULL,
    "addressId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SecureLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Thaw" (
    "secretHash" VARCHAR(64) NOT NULL,
    "userId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Thaw_pkey" PRIMARY KEY ("secretHash")
);

-- CreateIndex
CREATE INDEX "SecureLink_addressId_idx" ON "SecureLink"("addressId");

-- CreateIndex
CREATE UNIQUE INDEX "SecureLink_eventId_addressId_key" ON "SecureLink"("eventId", "addressId");

-- CreateIndex
CREATE INDEX "Thaw_userId_idx" ON "Thaw"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Challenge_secretHash_purpose_key" ON "Challenge"("secretHash", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "SecurityEvent_userId_position_key" ON "SecurityEvent"("userId", "position");

-- AddForeignKey
ALTER TABLE "SecureLink" ADD CONSTRAINT "SecureLink_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "SecurityEvent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecureLink" ADD CONSTRAINT "SecureLink_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Thaw" ADD CONSTRAINT "Thaw_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows, schema.prisma cannot say.

ALTER TABLE "SecurityEvent"
  ADD CONSTRAINT "SecurityEvent_position" CHECK ("position" >= 1),
  ADD CONSTRAINT "SecurityEvent_hash_is_hash" CHECK ("hash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "SecureLink"
  ADD CONSTRAINT "SecureLink_token_is_hash" CHECK ("tokenHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "SecureLink_times" CHECK ("expiresAt" > "createdAt" AND "usedAt" >= "createdAt");

ALTER TABLE "Thaw"
  ADD CONSTRAINT "Thaw_secret_is_hash" CHECK ("secretHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "Thaw_times" CHECK ("expiresAt" > "startedAt" AND "closedAt" >= "startedAt");

-- An entry that takes points back says which one it reverses.
ALTER TABLE "PointsEntry" ADD CONSTRAINT "PointsEntry_reversal" CHECK (
  CASE "reason"::text WHEN 'recovery_reward_reversed' THEN "reversesId" IS NOT NULL AND "amount" < 0 ELSE "reversesId" IS NULL END);
