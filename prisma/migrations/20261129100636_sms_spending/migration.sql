-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "dueAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "SmsCount" (
    "key" VARCHAR(120) NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "withheld" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SmsCount_pkey" PRIMARY KEY ("key","hour")
);

-- CreateTable
CREATE TABLE "NewNumberSend" (
    "id" UUID NOT NULL,
    "prefix" VARCHAR(64) NOT NULL,
    "country" VARCHAR(4) NOT NULL,
    "recipient" VARCHAR(64) NOT NULL,
    "network" VARCHAR(64) NOT NULL,
    "browser" VARCHAR(64),
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "enteredAt" TIMESTAMPTZ(3),

    CONSTRAINT "NewNumberSend_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlowPrefix" (
    "prefix" VARCHAR(64) NOT NULL,
    "country" VARCHAR(4) NOT NULL,
    "slowedAt" TIMESTAMPTZ(3) NOT NULL,
    "nextSendAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SlowPrefix_pkey" PRIMARY KEY ("prefix")
);

-- CreateIndex
CREATE INDEX "SmsCount_hour_idx" ON "SmsCount"("hour");

-- CreateIndex
CREATE INDEX "NewNumberSend_prefix_sentAt_idx" ON "NewNumberSend"("prefix", "sentAt");

-- CreateIndex
CREATE INDEX "NewNumberSend_recipient_sentAt_idx" ON "NewNumberSend"("recipient", "sentAt");

-- CreateIndex
CREATE INDEX "NewNumberSend_sentAt_idx" ON "NewNumberSend"("sentAt");


-- What follows, schema.prisma cannot say.

-- Decides about messages in their order, and counts them. Each element of `given` is the list of ceilings of one message:
-- {key, perHour, perDay}, where null has no ceiling. A message is sent when none of them is reached; it then counts at all of
-- them. Returns, for each message from 0, the key of the ceiling that withheld it, and how many this ceiling has withheld in
-- the hour.
CREATE FUNCTION take_sms(given jsonb, this_hour timestamptz)
RETURNS TABLE (nth int, "reachedKey" text, withheld int) LANGUAGE plpgsql AS $$
DECLARE
  ceilings jsonb;
BEGIN
  -- The row is locked until the commit, so the commit does not wait for the disk. A crash of PostgreSQL may lose the counts of
  -- its last second.
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO "SmsCount" (key, hour) VALUES ('all', this_hour) ON CONFLICT DO NOTHING;
  -- Every call of this hour waits here for the one before, so nothing below is counted twice.
  PERFORM FROM "SmsCount" AS count WHERE count.key = 'all' AND count.hour = this_hour FOR UPDATE;
  FOR nth, ceilings IN SELECT element.ordinality - 1, element.value FROM jsonb_array_elements(given) WITH ORDINALITY AS element LOOP
    "reachedKey" := (
      SELECT ceiling.key
      FROM jsonb_to_recordset(ceilings) AS ceiling(key text, "perHour" int, "perDay" int)
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(count.sent) FILTER (WHERE count.hour = this_hour), 0) AS "inHour", coalesce(sum(count.sent), 0) AS "inDay"
        FROM "SmsCount" AS count
        WHERE count.key = ceiling.key AND count.hour BETWEEN this_hour - interval '24 hours' AND this_hour
      ) AS earlier
      WHERE earlier."inHour" >= ceiling."perHour" OR earlier."inDay" >= ceiling."perDay"
      LIMIT 1);
    INSERT INTO "SmsCount" AS count (key, hour, sent, withheld)
      SELECT ceiling.key, this_hour, ("reachedKey" IS NULL)::int, coalesce(ceiling.key = "reachedKey", false)::int
      FROM jsonb_to_recordset(ceilings) AS ceiling(key text)
      WHERE "reachedKey" IS NULL OR ceiling.key = "reachedKey"
      ON CONFLICT (key, hour) DO UPDATE SET sent = count.sent + excluded.sent, withheld = count.withheld + excluded.withheld;
    withheld := (SELECT count.withheld FROM "SmsCount" AS count WHERE count.key = "reachedKey" AND count.hour = this_hour);
    RETURN NEXT;
  END LOOP;
END $$;
