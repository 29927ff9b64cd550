-- Names of the field's standard terms. Nothing but names changes: rows, hashes, counters and challenges in progress stay.

ALTER TABLE "Thaw" RENAME TO "UnfreezeFlow";
ALTER TABLE "UnfreezeFlow" RENAME CONSTRAINT "Thaw_pkey" TO "UnfreezeFlow_pkey";
ALTER TABLE "UnfreezeFlow" RENAME CONSTRAINT "Thaw_userId_fkey" TO "UnfreezeFlow_userId_fkey";
ALTER TABLE "UnfreezeFlow" RENAME CONSTRAINT "Thaw_secret_is_hash" TO "UnfreezeFlow_secret_is_hash";
ALTER TABLE "UnfreezeFlow" RENAME CONSTRAINT "Thaw_times" TO "UnfreezeFlow_times";
ALTER INDEX "Thaw_userId_idx" RENAME TO "UnfreezeFlow_userId_idx";

ALTER TABLE "GuessBudget" RENAME TO "AttemptCounter";
ALTER TABLE "AttemptCounter" RENAME CONSTRAINT "GuessBudget_pkey" TO "AttemptCounter_pkey";
ALTER TABLE "AttemptCounter" RENAME CONSTRAINT "GuessBudget_failures" TO "AttemptCounter_failures";
ALTER INDEX "GuessBudget_updatedAt_idx" RENAME TO "AttemptCounter_updatedAt_idx";

ALTER TABLE "Address" RENAME COLUMN "lookup" TO "blindIndex";
ALTER TABLE "Address" RENAME COLUMN "destination" TO "mailboxIndex";
ALTER TABLE "Address" RENAME COLUMN "provenAt" TO "lastVerifiedAt";
ALTER TABLE "Address" RENAME CONSTRAINT "Address_proven_is_confirmed" TO "Address_verified_is_confirmed";
ALTER INDEX "Address_lookup_idx" RENAME TO "Address_blindIndex_idx";
ALTER INDEX "Address_live_primary_lookup" RENAME TO "Address_live_primary_blindIndex";
ALTER INDEX "Address_live_destination" RENAME TO "Address_live_mailboxIndex";
ALTER INDEX "Address_last_proven" RENAME TO "Address_last_verified";

ALTER TABLE "Challenge" RENAME COLUMN "subject" TO "rateLimitKey";

ALTER TABLE "InboxMessage" RENAME COLUMN "lookup" TO "blindIndex";
ALTER INDEX "InboxMessage_lookup_createdAt_idx" RENAME TO "InboxMessage_blindIndex_createdAt_idx";

ALTER TYPE "Purpose" RENAME VALUE 'thaw_first' TO 'unfreeze_first';
ALTER TYPE "Purpose" RENAME VALUE 'thaw_second' TO 'unfreeze_second';
ALTER TYPE "Purpose" RENAME VALUE 'prove_email' TO 'verify_email';
ALTER TYPE "Purpose" RENAME VALUE 'prove_recovery' TO 'reverify_recovery';

ALTER TYPE "EventType" RENAME VALUE 'thawed' TO 'unfrozen';
ALTER TYPE "EventType" RENAME VALUE 'thawed_by_care' TO 'unfrozen_by_care';
ALTER TYPE "EventType" RENAME VALUE 'guesses_used_up' TO 'attempts_used_up';
ALTER TYPE "EventType" RENAME VALUE 'guesses_restored' TO 'attempts_restored';
ALTER TYPE "EventType" RENAME VALUE 'recovery_proven' TO 'recovery_reverified';

-- A counter's key begins with its purpose.
UPDATE "AttemptCounter" AS counter SET "key" = renamed."to" || substr(counter."key", length(renamed."from") + 1)
FROM (VALUES
  ('thaw_first', 'unfreeze_first'),
  ('thaw_second', 'unfreeze_second'),
  ('prove_email', 'verify_email'),
  ('prove_recovery', 'reverify_recovery')
) AS renamed("from", "to")
WHERE starts_with(counter."key", renamed."from" || ':');

-- The kind of a message that can still be sent ends with the name of a purpose or an event.
UPDATE "Message" AS message SET "kind" = renamed."to"
FROM (VALUES
  ('code.thaw_first', 'code.unfreeze_first'),
  ('code.thaw_second', 'code.unfreeze_second'),
  ('code.prove_email', 'code.verify_email'),
  ('code.prove_recovery', 'code.reverify_recovery'),
  ('notice.thawed', 'notice.unfrozen'),
  ('notice.thawed_by_care', 'notice.unfrozen_by_care'),
  ('notice.guesses_used_up', 'notice.attempts_used_up'),
  ('notice.guesses_restored', 'notice.attempts_restored'),
  ('notice.recovery_proven', 'notice.recovery_reverified')
) AS renamed("from", "to")
WHERE message."kind" = renamed."from" AND message."sealedBody" IS NOT NULL;
