-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "AddressRole" AS ENUM ('primary', 'recovery');

-- CreateEnum
CREATE TYPE "AddressKind" AS ENUM ('email', 'phone');

-- CreateEnum
CREATE TYPE "Purpose" AS ENUM ('register', 'authorise_recovery', 'confirm_recovery', 'remove_recovery', 'reset_password');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('email', 'sms');

-- CreateEnum
CREATE TYPE "EventType" AS ENUM ('registered', 'recovery_added', 'recovery_confirmed', 'recovery_removed', 'password_changed', 'password_reset');

-- CreateEnum
CREATE TYPE "PointsReason" AS ENUM ('recovery_reward');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "passwordVersion" INTEGER NOT NULL DEFAULT 1,
    "locale" VARCHAR(2) NOT NULL DEFAULT 'id',
    "popupSnoozes" INTEGER NOT NULL DEFAULT 0,
    "popupSnoozedUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Address" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "AddressRole" NOT NULL,
    "kind" "AddressKind" NOT NULL,
    "sealed" TEXT NOT NULL,
    "lookup" VARCHAR(64) NOT NULL,
    "destination" VARCHAR(64) NOT NULL,
    "keyId" VARCHAR(32) NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "addedFrom" VARCHAR(64) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" VARCHAR(64) NOT NULL,
    "userId" UUID NOT NULL,
    "passwordVersion" INTEGER NOT NULL,
    "userAgent" VARCHAR(400) NOT NULL,
    "ip" VARCHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Challenge" (
    "id" UUID NOT NULL,
    "purpose" "Purpose" NOT NULL,
    "secretHash" VARCHAR(64),
    "subject" VARCHAR(64) NOT NULL,
    "userId" UUID,
    "addressId" UUID,
    "sealedRecipients" TEXT NOT NULL,
    "sealedPayload" TEXT,
    "locale" VARCHAR(2) NOT NULL,
    "codeHash" VARCHAR(64) NOT NULL,
    "supersededHashes" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "codeSentAt" TIMESTAMPTZ(3) NOT NULL,
    "codeExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "passedAt" TIMESTAMPTZ(3),
    "spentAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GuessBudget" (
    "key" VARCHAR(160) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "blockedUntil" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GuessBudget_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "PointsEntry" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "amount" INTEGER NOT NULL,
    "reason" "PointsReason" NOT NULL,
    "idempotencyKey" VARCHAR(160) NOT NULL,
    "awardedFor" VARCHAR(64),
    "reversesId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PointsEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "kind" VARCHAR(60) NOT NULL,
    "sealedTo" TEXT,
    "sealedBody" TEXT,
    "locale" VARCHAR(2) NOT NULL,
    "eventId" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "provider" VARCHAR(40),
    "providerId" VARCHAR(200),
    "deliveredAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),
    "lastError" VARCHAR(200),

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboxMessage" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "lookup" VARCHAR(64) NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "InboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SecurityEvent" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "type" "EventType" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ip" VARCHAR(64) NOT NULL,
    "userAgent" VARCHAR(400) NOT NULL,
    "detail" JSONB NOT NULL,
    "reference" VARCHAR(16) NOT NULL,

    CONSTRAINT "SecurityEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Address_lookup_idx" ON "Address"("lookup");

-- CreateIndex
CREATE INDEX "Address_userId_idx" ON "Address"("userId");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Challenge_secretHash_key" ON "Challenge"("secretHash");

-- CreateIndex
CREATE INDEX "Challenge_userId_purpose_idx" ON "Challenge"("userId", "purpose");

-- CreateIndex
CREATE INDEX "Challenge_expiresAt_idx" ON "Challenge"("expiresAt");

-- CreateIndex
CREATE INDEX "GuessBudget_updatedAt_idx" ON "GuessBudget"("updatedAt");

-- CreateIndex
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

-- CreateIndex
CREATE UNIQUE INDEX "PointsEntry_idempotencyKey_key" ON "PointsEntry"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "PointsEntry_awardedFor_key" ON "PointsEntry"("awardedFor");

-- CreateIndex
CREATE UNIQUE INDEX "PointsEntry_reversesId_key" ON "PointsEntry"("reversesId");

-- CreateIndex
CREATE INDEX "PointsEntry_userId_createdAt_idx" ON "PointsEntry"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Message_eventId_idx" ON "Message"("eventId");

-- CreateIndex
CREATE INDEX "Message_expiresAt_idx" ON "Message"("expiresAt");

-- CreateIndex
CREATE INDEX "InboxMessage_lookup_createdAt_idx" ON "InboxMessage"("lookup", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SecurityEvent_reference_key" ON "SecurityEvent"("reference");

-- CreateIndex
CREATE INDEX "SecurityEvent_userId_at_idx" ON "SecurityEvent"("userId", "at");

-- AddForeignKey
ALTER TABLE "Address" ADD CONSTRAINT "Address_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Challenge" ADD CONSTRAINT "Challenge_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Challenge" ADD CONSTRAINT "Challenge_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PointsEntry" ADD CONSTRAINT "PointsEntry_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PointsEntry" ADD CONSTRAINT "PointsEntry_reversesId_fkey" FOREIGN KEY ("reversesId") REFERENCES "PointsEntry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "SecurityEvent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecurityEvent" ADD CONSTRAINT "SecurityEvent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows, schema.prisma cannot say.

-- A live primary address belongs to one account.
CREATE UNIQUE INDEX "Address_live_primary_lookup" ON "Address"("lookup") WHERE "role" = 'primary' AND "removedAt" IS NULL;

-- An account holds one live address of each role and kind.
CREATE UNIQUE INDEX "Address_live_role_kind" ON "Address"("userId", "role", "kind") WHERE "removedAt" IS NULL;

-- A recovery address reaches another mailbox or number than any other live address of its account.
CREATE UNIQUE INDEX "Address_live_destination" ON "Address"("userId", "destination") WHERE "removedAt" IS NULL;

-- A signed-in customer has one open question of each purpose.
CREATE UNIQUE INDEX "Challenge_open_signed_in" ON "Challenge"("userId", "purpose")
  WHERE "secretHash" IS NULL AND "spentAt" IS NULL AND "closedAt" IS NULL;

ALTER TABLE "User"
  ADD CONSTRAINT "User_name_length" CHECK (length(btrim("name")) BETWEEN 1 AND 100),
  ADD CONSTRAINT "User_password_hash" CHECK ("passwordHash" LIKE '$argon2id$%'),
  ADD CONSTRAINT "User_password_version" CHECK ("passwordVersion" >= 1),
  ADD CONSTRAINT "User_locale" CHECK ("locale" IN ('id', 'en')),
  ADD CONSTRAINT "User_popup_snoozes" CHECK ("popupSnoozes" >= 0);

ALTER TABLE "Address"
  ADD CONSTRAINT "Address_hashes" CHECK ("lookup" ~ '^[0-9a-f]{64}$' AND "destination" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "Address_times" CHECK ("confirmedAt" >= "addedAt" AND "removedAt" >= "addedAt");

ALTER TABLE "Session"
  ADD CONSTRAINT "Session_id_is_hash" CHECK ("id" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "Session_times" CHECK ("expiresAt" > "createdAt");

ALTER TABLE "Challenge"
  ADD CONSTRAINT "Challenge_hashes" CHECK ("codeHash" ~ '^[0-9a-f]{64}$' AND "subject" ~ '^[0-9a-f]{64}$'
    AND ("secretHash" IS NULL OR "secretHash" ~ '^[0-9a-f]{64}$')),
  ADD CONSTRAINT "Challenge_attempts" CHECK ("attempts" BETWEEN 0 AND 5),
  ADD CONSTRAINT "Challenge_belongs_to_someone" CHECK ("userId" IS NOT NULL OR "secretHash" IS NOT NULL),
  ADD CONSTRAINT "Challenge_code_lifetime" CHECK ("codeExpiresAt" <= "codeSentAt" + interval '10 minutes'),
  ADD CONSTRAINT "Challenge_spent_after_passed" CHECK ("spentAt" IS NULL OR "passedAt" IS NOT NULL);

ALTER TABLE "GuessBudget" ADD CONSTRAINT "GuessBudget_failures" CHECK ("failures" >= 0);

ALTER TABLE "PointsEntry"
  ADD CONSTRAINT "PointsEntry_amount" CHECK ("amount" <> 0),
  ADD CONSTRAINT "PointsEntry_reward" CHECK ("reason" <> 'recovery_reward' OR "awardedFor" IS NOT NULL);

ALTER TABLE "Message"
  ADD CONSTRAINT "Message_locale" CHECK ("locale" IN ('id', 'en')),
  ADD CONSTRAINT "Message_settled_is_wiped" CHECK ("sentAt" IS NULL OR "sealedBody" IS NULL);

-- The ledger and the activity are append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "PointsEntry_append_only" BEFORE UPDATE OR DELETE ON "PointsEntry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "PointsEntry_no_truncate" BEFORE TRUNCATE ON "PointsEntry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SecurityEvent_append_only" BEFORE UPDATE OR DELETE ON "SecurityEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "SecurityEvent_no_truncate" BEFORE TRUNCATE ON "SecurityEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An address is closed, never deleted.
CREATE TRIGGER "Address_never_deleted" BEFORE DELETE ON "Address" FOR EACH ROW EXECUTE FUNCTION refuse_change();
