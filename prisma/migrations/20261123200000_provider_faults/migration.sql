ALTER TABLE "Address" ADD COLUMN "reachedAt" TIMESTAMPTZ(3);

CREATE TABLE "EarlyReceipt" (
    "provider" VARCHAR(40) NOT NULL,
    "providerId" VARCHAR(200) NOT NULL,
    "state" VARCHAR(20) NOT NULL,
    "reason" VARCHAR(200),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EarlyReceipt_pkey" PRIMARY KEY ("provider","providerId","state")
);
CREATE INDEX "EarlyReceipt_receivedAt_idx" ON "EarlyReceipt"("receivedAt");

CREATE TABLE "ProviderFault" (
    "provider" VARCHAR(40) NOT NULL,
    "refuses" VARCHAR(10) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProviderFault_pkey" PRIMARY KEY ("provider")
);
