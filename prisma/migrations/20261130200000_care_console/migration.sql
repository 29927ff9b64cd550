-- The care console. Processes of the version before run beside this one for a while; they neither read nor write these tables.
CREATE TYPE "StaffRole" AS ENUM ('agent', 'approver', 'administrator', 'auditor');

CREATE TYPE "StaffCeremony" AS ENUM ('enrol', 'sign_in', 'act');

CREATE TYPE "CaseActionType" AS ENUM ('freeze', 'restore_attempts', 'release_address', 'resend_notice', 'unfreeze');

CREATE TYPE "StaffEventType" AS ENUM ('invited', 'enrolled', 'confirmed', 'disabled', 'signed_in', 'signed_out', 'looked_up', 'look_up_failed', 'case_viewed', 'case_closed', 'word_sent', 'word_checked', 'requested', 'approved', 'declined', 'withdrawn', 'carried_out', 'vetoed', 'exported');

CREATE TYPE "CallerWordKind" AS ENUM ('sent', 'shown');

ALTER TYPE "EventType" ADD VALUE 'care_viewed';
ALTER TYPE "EventType" ADD VALUE 'address_released';
ALTER TYPE "EventType" ADD VALUE 'unfreeze_announced';
ALTER TYPE "EventType" ADD VALUE 'unfreeze_vetoed';

CREATE TABLE "Staff" (
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "role" "StaffRole" NOT NULL,
    "invitedById" UUID,
    "inviteHash" VARCHAR(64),
    "inviteExpiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "enrolledAt" TIMESTAMPTZ(3),
    "confirmedById" UUID,
    "confirmedAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "StaffKey" (
    "id" VARCHAR(1400) NOT NULL,
    "staffId" UUID NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffKey_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "StaffSession" (
    "id" VARCHAR(64) NOT NULL,
    "staffId" UUID NOT NULL,
    "ip" VARCHAR(64) NOT NULL,
    "userAgent" VARCHAR(400) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffSession_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "StaffChallenge" (
    "id" VARCHAR(64) NOT NULL,
    "ceremony" "StaffCeremony" NOT NULL,
    "challenge" VARCHAR(64) NOT NULL,
    "staffId" UUID,
    "about" VARCHAR(64),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffChallenge_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "number" VARCHAR(16) NOT NULL,
    "userId" UUID NOT NULL,
    "openedById" UUID NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "CaseAction" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "type" "CaseActionType" NOT NULL,
    "detail" JSONB NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "ticket" VARCHAR(40) NOT NULL,
    "requestedById" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "approvals" INTEGER NOT NULL,
    "provenById" UUID,
    "dueAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "outcome" VARCHAR(40),

    CONSTRAINT "CaseAction_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "CaseApproval" (
    "actionId" UUID NOT NULL,
    "requestedById" UUID NOT NULL,
    "staffId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseApproval_pkey" PRIMARY KEY ("actionId","staffId")
);

CREATE TABLE "CallerWord" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" "CallerWordKind" NOT NULL,
    "caseId" UUID,
    "addressId" UUID,
    "wordHash" VARCHAR(64) NOT NULL,
    "keyId" VARCHAR(32) NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "passedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CallerWord_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "VetoLink" (
    "tokenHash" VARCHAR(64) NOT NULL,
    "actionId" UUID NOT NULL,
    "addressId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "VetoLink_pkey" PRIMARY KEY ("tokenHash")
);

CREATE TABLE "StaffEvent" (
    "position" INTEGER NOT NULL,
    "type" "StaffEventType" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staffId" UUID,
    "caseId" UUID,
    "userId" UUID,
    "detail" JSONB NOT NULL,
    "hash" VARCHAR(64) NOT NULL,
    "keyId" VARCHAR(32) NOT NULL,

    CONSTRAINT "StaffEvent_pkey" PRIMARY KEY ("position")
);

CREATE TABLE "StaffLog" (
    "id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "hash" VARCHAR(64) NOT NULL,
    "head" VARCHAR(64) NOT NULL,

    CONSTRAINT "StaffLog_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Staff_inviteHash_key" ON "Staff"("inviteHash");

CREATE INDEX "StaffKey_staffId_idx" ON "StaffKey"("staffId");

CREATE INDEX "StaffSession_staffId_idx" ON "StaffSession"("staffId");

CREATE INDEX "StaffSession_expiresAt_idx" ON "StaffSession"("expiresAt");

CREATE INDEX "StaffChallenge_staffId_idx" ON "StaffChallenge"("staffId");

CREATE INDEX "StaffChallenge_expiresAt_idx" ON "StaffChallenge"("expiresAt");

CREATE UNIQUE INDEX "Case_number_key" ON "Case"("number");

CREATE INDEX "Case_userId_idx" ON "Case"("userId");

CREATE INDEX "CaseAction_caseId_idx" ON "CaseAction"("caseId");

CREATE INDEX "CaseAction_dueAt_idx" ON "CaseAction"("dueAt");

CREATE UNIQUE INDEX "CaseAction_id_requestedById_key" ON "CaseAction"("id", "requestedById");

CREATE INDEX "CallerWord_userId_idx" ON "CallerWord"("userId");

CREATE INDEX "CallerWord_caseId_idx" ON "CallerWord"("caseId");

CREATE INDEX "CallerWord_addressId_idx" ON "CallerWord"("addressId");

CREATE INDEX "CallerWord_expiresAt_idx" ON "CallerWord"("expiresAt");

CREATE INDEX "VetoLink_addressId_idx" ON "VetoLink"("addressId");

CREATE INDEX "VetoLink_expiresAt_idx" ON "VetoLink"("expiresAt");

CREATE UNIQUE INDEX "VetoLink_actionId_addressId_key" ON "VetoLink"("actionId", "addressId");

CREATE INDEX "StaffEvent_staffId_at_idx" ON "StaffEvent"("staffId", "at");

CREATE INDEX "StaffEvent_caseId_idx" ON "StaffEvent"("caseId");

CREATE INDEX "StaffEvent_at_idx" ON "StaffEvent"("at");

ALTER TABLE "Staff" ADD CONSTRAINT "Staff_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Staff" ADD CONSTRAINT "Staff_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "StaffKey" ADD CONSTRAINT "StaffKey_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "StaffChallenge" ADD CONSTRAINT "StaffChallenge_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Case" ADD CONSTRAINT "Case_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Case" ADD CONSTRAINT "Case_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CaseAction" ADD CONSTRAINT "CaseAction_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CaseAction" ADD CONSTRAINT "CaseAction_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CaseApproval" ADD CONSTRAINT "CaseApproval_actionId_requestedById_fkey" FOREIGN KEY ("actionId", "requestedById") REFERENCES "CaseAction"("id", "requestedById") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CaseApproval" ADD CONSTRAINT "CaseApproval_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CallerWord" ADD CONSTRAINT "CallerWord_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CallerWord" ADD CONSTRAINT "CallerWord_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CallerWord" ADD CONSTRAINT "CallerWord_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "CallerWord" ADD CONSTRAINT "CallerWord_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "VetoLink" ADD CONSTRAINT "VetoLink_actionId_fkey" FOREIGN KEY ("actionId") REFERENCES "CaseAction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "VetoLink" ADD CONSTRAINT "VetoLink_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "StaffEvent" ADD CONSTRAINT "StaffEvent_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An account has one open case at most, and a case one open action of a type.
CREATE UNIQUE INDEX "Case_open" ON "Case"("userId") WHERE "closedAt" IS NULL;
CREATE UNIQUE INDEX "CaseAction_open" ON "CaseAction"("caseId", "type") WHERE "endedAt" IS NULL;

-- Two different people: nobody confirms whom they invited, and nobody approves what they asked for.
ALTER TABLE "Staff" ADD CONSTRAINT "Staff_two_people"
  CHECK ("confirmedById" IS NULL OR ("confirmedById" <> "id" AND "confirmedById" IS DISTINCT FROM "invitedById"));
ALTER TABLE "CaseApproval" ADD CONSTRAINT "CaseApproval_two_people" CHECK ("staffId" <> "requestedById");

ALTER TABLE "CaseAction" ADD CONSTRAINT "CaseAction_approvals"
  CHECK ("approvals" BETWEEN 0 AND 2 AND ("type" = 'freeze') = ("approvals" = 0));
ALTER TABLE "CaseAction" ADD CONSTRAINT "CaseAction_outcome" CHECK (("endedAt" IS NULL) = ("outcome" IS NULL));
ALTER TABLE "CallerWord" ADD CONSTRAINT "CallerWord_attempts" CHECK ("attempts" BETWEEN 0 AND 3);
ALTER TABLE "CallerWord" ADD CONSTRAINT "CallerWord_sent" CHECK (("kind" = 'sent') = ("addressId" IS NOT NULL));
ALTER TABLE "StaffLog" ADD CONSTRAINT "StaffLog_one_row" CHECK ("id" = 1);

CREATE TRIGGER "StaffEvent_append_only" BEFORE UPDATE OR DELETE ON "StaffEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "CaseApproval_append_only" BEFORE UPDATE OR DELETE ON "CaseApproval" FOR EACH ROW EXECUTE FUNCTION refuse_change();
