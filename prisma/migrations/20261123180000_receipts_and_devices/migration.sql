ALTER TYPE "EventType" ADD VALUE 'new_device';
ALTER TYPE "EventType" ADD VALUE 'guesses_used_up';

ALTER TABLE "Address" ADD COLUMN "unreachableAt" TIMESTAMPTZ(3);

ALTER TABLE "Session" ADD COLUMN "device" VARCHAR(64);
DROP INDEX "Session_userId_idx";
CREATE INDEX "Session_userId_device_idx" ON "Session"("userId", "device");

ALTER TABLE "Message" ADD COLUMN "challengeId" UUID;
ALTER TABLE "Message" ADD CONSTRAINT "Message_challengeId_fkey" FOREIGN KEY ("challengeId") REFERENCES "Challenge"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "Message_challengeId_idx" ON "Message"("challengeId");
CREATE INDEX "Message_provider_providerId_idx" ON "Message"("provider", "providerId");
