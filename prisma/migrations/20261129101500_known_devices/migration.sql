-- formerly 423c788725fdd5cd73a620b0385c3925127ac55e6451ac448e0f2e1fe6932426
-- Processes of the version before run beside this one for a while. They neither read nor write these tables and columns.

CREATE TABLE "KnownDevice" (
    "userId" UUID NOT NULL,
    "secretHash" VARCHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "KnownDevice_pkey" PRIMARY KEY ("userId","secretHash")
);
CREATE INDEX "KnownDevice_secretHash_idx" ON "KnownDevice"("secretHash");

-- The browsers in which an account was signed in stay known.
INSERT INTO "KnownDevice" ("userId", "secretHash", "createdAt")
SELECT "userId", device, min("createdAt") FROM "Session" WHERE device IS NOT NULL GROUP BY "userId", device;

CREATE TABLE "FailureCount" (
    "account" VARCHAR(64) NOT NULL,
    "path" VARCHAR(30) NOT NULL,
    "scope" VARCHAR(80) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FailureCount_pkey" PRIMARY KEY ("account","path","scope"),
    CONSTRAINT "FailureCount_failures" CHECK ("failures" >= 0)
);

-- Counted failures stay counted. A reset was one path; now the primary phone and the recovery addresses are one each.
INSERT INTO "FailureCount" (account, path, scope, failures, "updatedAt")
SELECT split_part(key, ':', 3), path, 'unknown', least(failures, 60), "updatedAt"
FROM "AttemptCounter", unnest(ARRAY['primary_phone', 'recovery']) AS path
WHERE key LIKE 'reset\_password:user:%' AND failures > 0;
INSERT INTO "FailureCount" (account, path, scope, failures, "updatedAt")
SELECT split_part(key, ':', 3), split_part(key, ':', 1), 'session', failures, "updatedAt"
FROM "AttemptCounter"
WHERE key LIKE '%:user:%' AND split_part(key, ':', 1) NOT IN ('reset_password', 'register') AND failures > 0;

-- Last, and not validated: a foreign key keeps every other transaction from changing a user until the commit.
ALTER TABLE "KnownDevice" ADD CONSTRAINT "KnownDevice_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

ALTER TABLE "Challenge"
    ADD COLUMN "path" VARCHAR(30),
    ADD COLUMN "scope" VARCHAR(10),
    ADD COLUMN "scopeId" VARCHAR(64);

CREATE TABLE "ResetLink" (
    "addressId" UUID NOT NULL,
    "tokenHash" VARCHAR(64) NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ResetLink_pkey" PRIMARY KEY ("addressId"),
    CONSTRAINT "ResetLink_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ResetLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "ResetLink_tokenHash_key" ON "ResetLink"("tokenHash");
CREATE INDEX "ResetLink_userId_idx" ON "ResetLink"("userId");
