-- A shop with ACCOUNTS accounts, in the tables of the last release: addresses, sessions, codes, messages, events.
-- The rows are consistent, so their foreign keys are not checked one by one.
SET session_replication_role = 'replica';
CREATE FUNCTION pg_temp.hash_of(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT encode(sha256($1::bytea), 'hex') $$;
CREATE TEMP TABLE account AS
  SELECT nth, gen_random_uuid() AS id, now() - random() * interval '300 days' AS at FROM generate_series(1, ACCOUNTS) AS nth;
INSERT INTO "User" (id, name, "passwordHash", "createdAt") SELECT id, 'Warga', '$argon2id$v=19$x', at FROM account;
INSERT INTO "Address" (id, "userId", role, kind, sealed, "blindIndex", "mailboxIndex", "keyId", "addedAt", "addedFrom", "confirmedAt")
  SELECT gen_random_uuid(), id, 'primary', kind::"AddressKind", 'k1.' || repeat('x', 60), pg_temp.hash_of(kind || nth),
    pg_temp.hash_of(kind || nth), 'k1', at, '192.0.2.1', at
  FROM account, unnest(ARRAY['phone', 'email']) AS kind;
INSERT INTO "Session" (id, "userId", "passwordVersion", "userAgent", ip, "createdAt", "lastSeenAt", "expiresAt", device)
  SELECT pg_temp.hash_of('session' || nth), id, 1, 'Mozilla/5.0', '192.0.2.1', at, at, at + interval '400 days', pg_temp.hash_of('device' || nth)
  FROM account;
INSERT INTO "Challenge" (id, purpose, "secretHash", "rateLimitKey", "userId", "sealedRecipients", locale, "codeHash", "codeSentAt",
    "codeExpiresAt", "expiresAt")
  SELECT gen_random_uuid(), 'reset_password', pg_temp.hash_of('secret' || nth), pg_temp.hash_of('key' || nth), id,
    'k1.' || repeat('x', 80), 'id', pg_temp.hash_of('code' || nth), at, at + interval '10 minutes', at + interval '10 minutes'
  FROM account;
INSERT INTO "SecurityEvent" (id, "userId", type, at, ip, "userAgent", detail, reference, hash, position)
  SELECT gen_random_uuid(), id, 'new_device', at, '192.0.2.1', 'Mozilla/5.0', '{}', upper(left(pg_temp.hash_of('ref' || nth || '.' || position), 16)),
    pg_temp.hash_of('row' || nth), position
  FROM account, generate_series(1, 3) AS position;
INSERT INTO "Message" (id, channel, kind, "sealedTo", locale, "createdAt", "expiresAt", "sentAt", provider, "providerId")
  SELECT gen_random_uuid(), 'sms', 'notice.new_device', 'k1.' || repeat('x', 60), 'id', at, at + interval '1 day', at, 'twilio', 'SM' || nth
  FROM account, generate_series(1, 3);
INSERT INTO "PointsEntry" (id, "userId", amount, reason, "idempotencyKey", "awardedFor", "createdAt")
  SELECT gen_random_uuid(), id, 1000, 'recovery_reward', 'recovery_reward:' || id, pg_temp.hash_of('award' || nth), at FROM account;
ANALYZE;
