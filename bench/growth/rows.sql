-- A shop with USERS customers in the tables of the product: for each four addresses, ten events, ten messages, a session,
-- a known device, a saved code, a code, an entry of points. Texts have the lengths of those that the product writes. Rows of one
-- customer do not stand together, as they would not after years. Ids begin with their number in the order of the rows,
-- so that their index is filled in order.
SET session_replication_role = 'replica';
SET synchronous_commit = off;
SET maintenance_work_mem = '1GB';

CREATE FUNCTION pg_temp.id_of(kind text, nth bigint, all_of_them bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(nth * (4294967295 / (all_of_them + 1))), 8, '0') || substr(md5(kind || nth), 1, 24))::uuid $$;
CREATE FUNCTION pg_temp.user_id(nth bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_temp.id_of('user', nth, USERS) $$;
CREATE FUNCTION pg_temp.hash_of(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT md5($1) || md5($1 || '.') $$;

CREATE TEMP TABLE secondary_index AS
  SELECT format('%I', class.relname) AS name, pg_get_indexdef(index.indexrelid) AS definition
  FROM pg_index AS index JOIN pg_class AS class ON class.oid = index.indexrelid
  WHERE index.indrelid IN ('"User"'::regclass, '"Address"'::regclass, '"Session"'::regclass, '"KnownDevice"'::regclass,
      '"SavedCode"'::regclass, '"Challenge"'::regclass, '"SecurityEvent"'::regclass, '"Message"'::regclass, '"PointsEntry"'::regclass)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid);
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT secondary_index.name FROM secondary_index LOOP EXECUTE 'DROP INDEX ' || name; END LOOP;
END $$;

INSERT INTO "User" (id, name, "passwordHash", "activityHead", "createdAt")
  SELECT pg_temp.user_id(nth), 'Ratna Wulandari', '$argon2id$v=19$m=19456,t=2,p=1$' || left(pg_temp.hash_of('password' || nth), 22) || '$' ||
    left(pg_temp.hash_of('hash' || nth), 43), pg_temp.hash_of('head' || nth), now() - random() * interval '900 days'
  FROM generate_series(1, USERS::bigint) AS nth;
INSERT INTO "Address" (id, "userId", role, kind, sealed, "blindIndex", "mailboxIndex", "keyId", "addedAt", "addedFrom", "confirmedAt",
    "worksUnconfirmed", "lastVerifiedAt")
  SELECT pg_temp.id_of('address', nth, 4 * USERS::bigint), pg_temp.user_id(nth % USERS + 1),
    CASE WHEN nth / USERS < 2 THEN 'primary' ELSE 'recovery' END::"AddressRole",
    CASE WHEN nth / USERS % 2 = 0 THEN 'phone' ELSE 'email' END::"AddressKind",
    's1.' || left(pg_temp.hash_of('sealed' || nth), 63), pg_temp.hash_of('address' || nth), pg_temp.hash_of('address' || nth), 'h1',
    at, '198.51.100.7', at, false, at
  FROM (SELECT nth, now() - random() * interval '900 days' AS at FROM generate_series(0, 4 * USERS::bigint - 1) AS nth) AS numbered;
INSERT INTO "Session" (id, "userId", "passwordVersion", device, "userAgent", ip, "keyId", "createdAt", "lastSeenAt", "expiresAt")
  SELECT pg_temp.hash_of('session' || nth), pg_temp.user_id(nth), 1, pg_temp.hash_of('device' || nth), repeat('Mozilla/5.0 ', 10), '198.51.100.7',
    'a1', at, at, at + interval '30 days'
  FROM (SELECT nth, now() - random() * interval '29 days' AS at FROM generate_series(1, USERS::bigint) AS nth) AS numbered;
INSERT INTO "KnownDevice" ("userId", "secretHash", "createdAt")
  SELECT pg_temp.user_id(nth), pg_temp.hash_of('device' || nth), now() - random() * interval '700 days' FROM generate_series(1, USERS::bigint) AS nth;
INSERT INTO "SavedCode" (id, "userId", "codeHash", "keyId", "createdAt", "shownAt")
  SELECT pg_temp.id_of('saved', nth, USERS), pg_temp.user_id(nth), pg_temp.hash_of('saved' || nth), 'h1', at, at
  FROM (SELECT nth, now() - random() * interval '700 days' AS at FROM generate_series(1, USERS::bigint) AS nth) AS numbered;
INSERT INTO "Challenge" (id, purpose, "secretHash", "rateLimitKey", "userId", "sealedRecipients", locale, "codeHash", "keyId", path, scope,
    attempts, "codeSentAt", "codeExpiresAt", "expiresAt", "passedAt", "spentAt")
  SELECT pg_temp.id_of('challenge', nth, USERS), 'reset_password', pg_temp.hash_of('secret' || nth), pg_temp.hash_of('key' || nth),
    pg_temp.user_id(nth), repeat('x', 160), 'id', pg_temp.hash_of('code' || nth), 'h1', 'reset_primary', 'unknown', 1, at, at + interval '10 minutes',
    at + interval '30 minutes', at + interval '1 minute', at + interval '2 minutes'
  FROM (SELECT nth, now() - interval '1 hour' - random() * interval '29 days' AS at FROM generate_series(1, USERS::bigint) AS nth) AS numbered;
INSERT INTO "SecurityEvent" (id, "userId", position, type, at, ip, "userAgent", detail, "originDigest", "originSalt", "detailDigest",
    "detailSalt", reference, hash, "keyId")
  SELECT pg_temp.id_of('event', nth, 10 * USERS::bigint), pg_temp.user_id(nth % USERS + 1), nth / USERS + 1, 'new_device', at, '198.51.100.7',
    repeat('Mozilla/5.0 ', 10), '{}', pg_temp.hash_of('origin' || nth), left(pg_temp.hash_of('salt' || nth), 32),
    pg_temp.hash_of('detail' || nth), left(pg_temp.hash_of('grain' || nth), 32), upper(left(pg_temp.hash_of('reference' || nth), 16)),
    pg_temp.hash_of('row' || nth), 'h1'
  FROM (SELECT nth, now() - random() * interval '900 days' AS at FROM generate_series(0, 10 * USERS::bigint - 1) AS nth) AS numbered;
INSERT INTO "Message" (id, channel, kind, "sealedTo", locale, "eventId", "userId", attempts, "createdAt", "expiresAt", "sentAt", provider,
    "providerId", "deliveredAt")
  SELECT pg_temp.id_of('message', nth, 10 * USERS::bigint), 'sms', 'notice.new_device', 's1.' || left(pg_temp.hash_of('to' || nth), 63), 'id',
    pg_temp.id_of('event', nth, 10 * USERS::bigint), pg_temp.user_id(nth % USERS + 1), 1, at, at + interval '1 day', at, 'twilio',
    'SM' || md5('provider' || nth), at
  FROM (SELECT nth, now() - interval '2 days' - random() * interval '88 days' AS at FROM generate_series(0, 10 * USERS::bigint - 1) AS nth) AS numbered;
INSERT INTO "PointsEntry" (id, "userId", amount, reason, "idempotencyKey", "awardedFor", "createdAt")
  SELECT pg_temp.id_of('points', nth, USERS), pg_temp.user_id(nth), 1000, 'recovery_reward', 'recovery_reward:' || pg_temp.user_id(nth),
    pg_temp.hash_of('award' || nth), now() - random() * interval '900 days' FROM generate_series(1, USERS::bigint) AS nth;

DO $$ DECLARE definition text; BEGIN
  FOR definition IN SELECT secondary_index.definition FROM secondary_index LOOP EXECUTE definition; END LOOP;
END $$;
