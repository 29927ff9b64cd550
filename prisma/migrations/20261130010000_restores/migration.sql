-- Processes of the version before run beside this one for a while. They neither read nor write any of this.

CREATE TABLE "KeyHolder" (
    "processId" UUID NOT NULL,
    "keys" TEXT[],
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeyHolder_pkey" PRIMARY KEY ("processId")
);

CREATE TABLE "DatabaseIdentity" (
    "id" INTEGER NOT NULL,
    "identity" VARCHAR(80) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DatabaseIdentity_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "DatabaseIdentity_id_check" CHECK ("id" = 1)
);

CREATE TABLE "Restore" (
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Restore_pkey" PRIMARY KEY ("takenAt")
);

ALTER TABLE "User" ADD COLUMN "restoredAt" TIMESTAMPTZ(3);
