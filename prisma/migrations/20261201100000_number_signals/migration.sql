-- What the mobile operators say about a number. Processes of the version before neither read nor write these columns and tables.
-- While both versions run, one of them may set a password at once that this version would hold, and may fail to show the activity
-- of an account with a new kind of event.
CREATE TYPE "HeldPasswordEnd" AS ENUM ('released', 'vetoed', 'replaced', 'disproven', 'frozen', 'restored');

ALTER TYPE "Purpose" ADD VALUE 'release_password';

ALTER TYPE "CaseActionType" ADD VALUE 'trust_number';

ALTER TYPE "EventType" ADD VALUE 'number_recycled';
ALTER TYPE "EventType" ADD VALUE 'number_reclaimed';
ALTER TYPE "EventType" ADD VALUE 'password_held';
ALTER TYPE "EventType" ADD VALUE 'password_released';
ALTER TYPE "EventType" ADD VALUE 'password_vetoed';

ALTER TABLE "Address" ADD COLUMN "recycledAt" TIMESTAMPTZ(3), ADD COLUMN "recycleAskedAt" TIMESTAMPTZ(3);

ALTER TABLE "Challenge" ADD COLUMN "simSwapSeenAt" TIMESTAMPTZ(3);

CREATE TABLE "HeldPassword" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "challengeId" UUID NOT NULL,
    "passwordHash" TEXT,
    "passwordVersion" INTEGER NOT NULL,
    "secretHash" VARCHAR(64) NOT NULL,
    "heldAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" "HeldPasswordEnd",

    CONSTRAINT "HeldPassword_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "HoldLink" (
    "tokenHash" VARCHAR(64) NOT NULL,
    "heldId" UUID NOT NULL,
    "addressId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "HoldLink_pkey" PRIMARY KEY ("tokenHash")
);

CREATE UNIQUE INDEX "HeldPassword_challengeId_key" ON "HeldPassword"("challengeId");
CREATE UNIQUE INDEX "HeldPassword_secretHash_key" ON "HeldPassword"("secretHash");
CREATE INDEX "HeldPassword_userId_idx" ON "HeldPassword"("userId");
CREATE UNIQUE INDEX "HoldLink_heldId_addressId_key" ON "HoldLink"("heldId", "addressId");
CREATE INDEX "HoldLink_addressId_idx" ON "HoldLink"("addressId");
CREATE INDEX "HoldLink_expiresAt_idx" ON "HoldLink"("expiresAt");

-- An account has one password that waits.
CREATE UNIQUE INDEX "HeldPassword_open" ON "HeldPassword"("userId") WHERE "endedAt" IS NULL;
-- The worker finds what is due, and the retention what is over.
CREATE INDEX "HeldPassword_due" ON "HeldPassword"("dueAt") WHERE "endedAt" IS NULL;
CREATE INDEX "HeldPassword_over" ON "HeldPassword"("endedAt") WHERE "endedAt" IS NOT NULL;

-- The hash of a password that never took effect is not kept.
ALTER TABLE "HeldPassword" ADD CONSTRAINT "HeldPassword_ended" CHECK (
    ("endedAt" IS NULL) = ("endedBy" IS NULL) AND ("endedAt" IS NULL) = ("passwordHash" IS NOT NULL));

ALTER TABLE "HeldPassword" ADD CONSTRAINT "HeldPassword_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "HeldPassword" ADD CONSTRAINT "HeldPassword_challengeId_fkey" FOREIGN KEY ("challengeId") REFERENCES "Challenge"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "HoldLink" ADD CONSTRAINT "HoldLink_heldId_fkey" FOREIGN KEY ("heldId") REFERENCES "HeldPassword"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "HoldLink" ADD CONSTRAINT "HoldLink_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
