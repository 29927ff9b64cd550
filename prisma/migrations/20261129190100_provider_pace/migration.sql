-- Processes of the version before run beside this one for a while. They neither read nor write this table.

CREATE TABLE "ProviderPace" (
    "provider" VARCHAR(40) NOT NULL,
    "nextAt" TIMESTAMPTZ(6) NOT NULL,
    "laterAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "ProviderPace_pkey" PRIMARY KEY ("provider")
);
