ALTER TABLE "SecurityEvent" VALIDATE CONSTRAINT "SecurityEvent_digests";
ALTER TABLE "Address" VALIDATE CONSTRAINT "Address_consent";
ALTER TABLE "User" VALIDATE CONSTRAINT "User_erasure";
