-- no transaction
-- The messages of a person.
CREATE INDEX CONCURRENTLY "Message_of_user" ON "Message"("userId") WHERE "userId" IS NOT NULL;
