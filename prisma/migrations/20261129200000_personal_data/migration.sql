-- Processes of the version before cannot read these values. They are written when a customer exports or erases the account, an
-- operator sends notices of an incident, or old rows of an activity are anchored again. While both versions run, the version
-- before may fail to show the activity of such an account.
ALTER TYPE "EventType" ADD VALUE 'reanchored';
ALTER TYPE "EventType" ADD VALUE 'data_exported';
ALTER TYPE "EventType" ADD VALUE 'erasure_requested';
ALTER TYPE "EventType" ADD VALUE 'erasure_cancelled';
ALTER TYPE "EventType" ADD VALUE 'erased';
ALTER TYPE "EventType" ADD VALUE 'incident_notified';
ALTER TYPE "Purpose" ADD VALUE 'erase_account';

ALTER TABLE "User"
  ADD COLUMN "eraseAt" TIMESTAMPTZ(3),
  ADD COLUMN "erasedAt" TIMESTAMPTZ(3);

ALTER TABLE "Address"
  ADD COLUMN "consentVersion" VARCHAR(20),
  ADD COLUMN "consentAt" TIMESTAMPTZ(3);

ALTER TABLE "KnownDevice" ADD COLUMN "seenAt" TIMESTAMPTZ(3);

ALTER TABLE "Message" ADD COLUMN "userId" UUID;

ALTER TABLE "SecurityEvent"
  ADD COLUMN "originDigest" VARCHAR(64),
  ADD COLUMN "originSalt" VARCHAR(64),
  ADD COLUMN "detailDigest" VARCHAR(64),
  ADD COLUMN "detailSalt" VARCHAR(64),
  ADD COLUMN "anchor" VARCHAR(64);


-- What follows, schema.prisma cannot say.

-- A row of the activity may change in two ways. A row of an older version gets digests and an anchor, once, with every value as it
-- is. Values that a digest stands for are erased together with its salt.
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_same_row boolean := (OLD.id, OLD."userId", OLD.position, OLD.type, OLD.at, OLD.reference, OLD.hash)
    IS NOT DISTINCT FROM (NEW.id, NEW."userId", NEW.position, NEW.type, NEW.at, NEW.reference, NEW.hash);
  is_anchored boolean := OLD."originDigest" IS NULL AND NEW.anchor IS NOT NULL
    AND (OLD.ip, OLD."userAgent", OLD.detail) IS NOT DISTINCT FROM (NEW.ip, NEW."userAgent", NEW.detail);
  has_same_digests boolean := OLD."originDigest" IS NOT NULL AND (OLD."originDigest", OLD."detailDigest", OLD.anchor)
    IS NOT DISTINCT FROM (NEW."originDigest", NEW."detailDigest", NEW.anchor);
  keeps_origin boolean := (OLD.ip, OLD."userAgent", OLD."originSalt")
    IS NOT DISTINCT FROM (NEW.ip, NEW."userAgent", NEW."originSalt")
    OR (NEW.ip = '' AND NEW."userAgent" = '' AND NEW."originSalt" IS NULL);
  keeps_detail boolean := (OLD.detail, OLD."detailSalt") IS NOT DISTINCT FROM (NEW.detail, NEW."detailSalt")
    OR (NEW.detail = '{}' AND NEW."detailSalt" IS NULL);
BEGIN
  IF is_same_row AND (is_anchored OR (has_same_digests AND keeps_origin AND keeps_detail)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

DROP TRIGGER "SecurityEvent_append_only" ON "SecurityEvent";
CREATE TRIGGER "SecurityEvent_append_only" BEFORE UPDATE ON "SecurityEvent" FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
CREATE TRIGGER "SecurityEvent_never_deleted" BEFORE DELETE ON "SecurityEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A live address is closed, never deleted.
DROP TRIGGER "Address_never_deleted" ON "Address";
CREATE TRIGGER "Address_never_deleted" BEFORE DELETE ON "Address" FOR EACH ROW WHEN (OLD."removedAt" IS NULL)
  EXECUTE FUNCTION refuse_change();

-- Any freeze stops an erasure, also one by a process of the version before.
CREATE FUNCTION stop_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."eraseAt" := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER "User_freeze_stops_erasure" BEFORE UPDATE OF "frozenAt" ON "User" FOR EACH ROW WHEN (NEW."frozenAt" IS NOT NULL)
  EXECUTE FUNCTION stop_erasure();

-- The constraints are checked for new rows at once and for old ones without a lock that stops writes.
ALTER TABLE "SecurityEvent" ADD CONSTRAINT "SecurityEvent_digests" CHECK (
  ("originDigest" IS NULL) = ("detailDigest" IS NULL) AND ("anchor" IS NULL OR "originDigest" IS NOT NULL)
  AND ("originSalt" IS NULL OR "originDigest" IS NOT NULL) AND ("detailSalt" IS NULL OR "detailDigest" IS NOT NULL)
  AND "originDigest" ~ '^[0-9a-f]{64}$' AND "detailDigest" ~ '^[0-9a-f]{64}$') NOT VALID;
ALTER TABLE "Address" ADD CONSTRAINT "Address_consent" CHECK (("consentVersion" IS NULL) = ("consentAt" IS NULL)) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_erasure" CHECK ("eraseAt" IS NULL OR ("erasedAt" IS NULL AND "frozenAt" IS NULL)) NOT VALID;
