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
-- the hour. A day is the present clock hour and the 24 before it: no 24 hours have more.
CREATE FUNCTION take_sms(given jsonb, this_hour timestamptz)
RETURNS TABLE (nth int, "reachedKey" text, withheld int) LANGUAGE plpgsql AS $$
DECLARE
  keys text[];
  in_hour int[];
  in_day int[];
  withheld_in_hour int[];
  ceilings jsonb;
  ceiling jsonb;
  place int;
  counted int[];
BEGIN
  -- The row is locked until the commit, so the commit does not wait for the disk. A crash of PostgreSQL may lose the counts of
  -- its last second.
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO "SmsCount" (key, hour) VALUES ('all', this_hour) ON CONFLICT DO NOTHING;
  -- Every call of this hour waits here for the one before, so none reads a count that another is changing.
  PERFORM FROM "SmsCount" AS count WHERE count.key = 'all' AND count.hour = this_hour FOR UPDATE;

  SELECT array_agg(wanted.key), array_agg(known.in_hour), array_agg(known.in_day), array_agg(known.withheld)
  INTO keys, in_hour, in_day, withheld_in_hour
  FROM (
    SELECT DISTINCT element ->> 'key' AS key FROM jsonb_array_elements(given) AS message, jsonb_array_elements(message) AS element
  ) AS wanted
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(count.sent) FILTER (WHERE count.hour = this_hour), 0)::int AS in_hour,
      coalesce(sum(count.sent), 0)::int AS in_day,
      coalesce(sum(count.withheld) FILTER (WHERE count.hour = this_hour), 0)::int AS withheld
    FROM "SmsCount" AS count
    WHERE count.key = wanted.key AND count.hour BETWEEN this_hour - interval '24 hours' AND this_hour
  ) AS known;

  FOR nth, ceilings IN SELECT element.ordinality - 1, element.value FROM jsonb_array_elements(given) WITH ORDINALITY AS element LOOP
    "reachedKey" := NULL;
    withheld := NULL;
    counted := ARRAY[]::int[];
    FOR ceiling IN SELECT jsonb_array_elements(ceilings) LOOP
      place := array_position(keys, ceiling ->> 'key');
      counted := counted || place;
      IF in_hour[place] >= (ceiling ->> 'perHour')::int OR in_day[place] >= (ceiling ->> 'perDay')::int THEN
        withheld_in_hour[place] := withheld_in_hour[place] + 1;
        "reachedKey" := keys[place];
        withheld := withheld_in_hour[place];
        EXIT;
      END IF;
    END LOOP;
    IF "reachedKey" IS NULL THEN
      FOREACH place IN ARRAY counted LOOP
        in_hour[place] := in_hour[place] + 1;
        in_day[place] := in_day[place] + 1;
      END LOOP;
    END IF;
    RETURN NEXT;
  END LOOP;

  INSERT INTO "SmsCount" AS count (key, hour, sent, withheld)
    SELECT final.key, this_hour, final.sent, final.withheld FROM unnest(keys, in_hour, withheld_in_hour) AS final(key, sent, withheld)
    WHERE final.sent > 0 OR final.withheld > 0
    ON CONFLICT (key, hour) DO UPDATE SET sent = excluded.sent, withheld = excluded.withheld;
END $$;
