-- Rows that exist, and those that processes of the version before still write, keep what was promised to their owners: an
-- unconfirmed primary e-mail logs in. A constant default does not rewrite the table.
ALTER TABLE "Address" ADD COLUMN "worksUnconfirmed" BOOLEAN NOT NULL DEFAULT true;

-- Processes of the version before cannot read this value. It is written only when an account loses an unconfirmed e-mail, so
-- while both versions run, they may fail to show the activity of such an account.
ALTER TYPE "EventType" ADD VALUE 'email_lost';
