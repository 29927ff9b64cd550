-- The messages are their own queue. "runAt" is null in the rows of the version before, whose jobs stand in graphile_worker.
ALTER TABLE "Message"
  ADD COLUMN "urgency" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "runAt" TIMESTAMPTZ(3),
  ADD COLUMN "claimedBy" UUID,
  ADD COLUMN "trace" VARCHAR(60);

-- CreateTable
CREATE TABLE "MessageWorker" (
    "id" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageWorker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "payload" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Task_runAt_idx" ON "Task"("runAt");
