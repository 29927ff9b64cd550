-- Without a default, a new column rewrites no table. Processes of the version before write null.

ALTER TABLE "KeyUse" ADD COLUMN "seenAt" TIMESTAMPTZ(3);

ALTER TABLE "Challenge" ADD COLUMN "keyId" VARCHAR(32);
ALTER TABLE "InboxMessage" ADD COLUMN "keyId" VARCHAR(32);
ALTER TABLE "PointsEntry" ADD COLUMN "keyId" VARCHAR(32);
ALTER TABLE "SecurityEvent" ADD COLUMN "keyId" VARCHAR(32);
ALTER TABLE "Session" ADD COLUMN "keyId" VARCHAR(32);
