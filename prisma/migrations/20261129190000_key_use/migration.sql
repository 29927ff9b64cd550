-- Processes of the version before run beside this one for a while. They neither read nor write these tables.

CREATE TABLE "KeyUse" (
    "ring" VARCHAR(20) NOT NULL,
    "keyId" VARCHAR(32) NOT NULL,
    "fingerprint" VARCHAR(64),
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeyUse_pkey" PRIMARY KEY ("ring","keyId")
);

-- The keys that stored rows need now. An encrypted value begins with the id of its key.
INSERT INTO "KeyUse" (ring, "keyId", since)
SELECT 'SEALING_KEYS', id, now() FROM (
  SELECT split_part(sealed, '.', 1) AS id FROM "Address"
  UNION SELECT split_part("sealedRecipients", '.', 1) FROM "Challenge"
  UNION SELECT split_part("sealedPayload", '.', 1) FROM "Challenge"
  UNION SELECT split_part("sealedTo", '.', 1) FROM "Message"
  UNION SELECT split_part("sealedBody", '.', 1) FROM "Message"
  UNION SELECT split_part(sealed, '.', 1) FROM "InboxMessage"
) AS used WHERE id <> '';
INSERT INTO "KeyUse" (ring, "keyId", since)
SELECT DISTINCT 'HASHING_KEYS', "keyId", now() FROM "Address";

CREATE TABLE "ReadinessCheck" (
    "processId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReadinessCheck_pkey" PRIMARY KEY ("processId")
);
