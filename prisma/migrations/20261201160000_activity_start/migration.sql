-- A process of the version before reports an activity whose first rows were deleted as "missing 1".
CREATE TABLE "ActivityStart" (
    "userId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "hash" VARCHAR(64),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "proof" VARCHAR(64) NOT NULL,

    CONSTRAINT "ActivityStart_pkey" PRIMARY KEY ("userId")
);

ALTER TABLE "ActivityStart" ADD CONSTRAINT "ActivityStart_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows, schema.prisma cannot say.

-- A row of the activity is deleted only when "ActivityStart" names it, or a later row, as deleted.
CREATE FUNCTION refuse_event_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "ActivityStart" start WHERE start."userId" = OLD."userId" AND start.position >= OLD.position) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

DROP TRIGGER "SecurityEvent_never_deleted" ON "SecurityEvent";
CREATE TRIGGER "SecurityEvent_never_deleted" BEFORE DELETE ON "SecurityEvent" FOR EACH ROW EXECUTE FUNCTION refuse_event_delete();

-- The deleted row that is named only moves on to a later one.
CREATE TRIGGER "ActivityStart_never_deleted" BEFORE DELETE ON "ActivityStart" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ActivityStart_no_truncate" BEFORE TRUNCATE ON "ActivityStart" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ActivityStart_moves_on" BEFORE UPDATE ON "ActivityStart" FOR EACH ROW WHEN (NEW.position <= OLD.position)
  EXECUTE FUNCTION refuse_change();
