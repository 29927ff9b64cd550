-- The code that a customer keeps on paper. Processes of the version before neither read nor write the table. They cannot read the
-- new values of the enums: while both versions run, the version before may fail to show the activity of an account with such a row,
-- and refuses the code of a reset that a process of this version began.
CREATE TYPE "SavedCodeEnd" AS ENUM ('replaced', 'reset', 'frozen', 'restored');

ALTER TYPE "Purpose" ADD VALUE 'make_saved_code';

ALTER TYPE "EventType" ADD VALUE 'saved_code_made';
ALTER TYPE "EventType" ADD VALUE 'saved_code_used';
ALTER TYPE "EventType" ADD VALUE 'saved_code_ended';

CREATE TABLE "SavedCode" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "codeHash" VARCHAR(64) NOT NULL,
    "keyId" VARCHAR(32) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "shownAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" "SavedCodeEnd",

    CONSTRAINT "SavedCode_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "SavedCode_userId_idx" ON "SavedCode"("userId");

-- The retention finds the rows whose code is over.
CREATE INDEX "SavedCode_over" ON "SavedCode"((coalesce("usedAt", "endedAt")));

-- An account has one code that opens something.
CREATE UNIQUE INDEX "SavedCode_live" ON "SavedCode"("userId") WHERE "usedAt" IS NULL AND "endedAt" IS NULL;

ALTER TABLE "SavedCode" ADD CONSTRAINT "SavedCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "SavedCode" ADD CONSTRAINT "SavedCode_ended" CHECK (("endedAt" IS NULL) = ("endedBy" IS NULL));
-- Only the unfreeze accepts a code that has ended.
ALTER TABLE "SavedCode" ADD CONSTRAINT "SavedCode_used" CHECK ("usedAt" IS NULL OR "endedBy" IS NULL OR "endedBy" = 'frozen');
