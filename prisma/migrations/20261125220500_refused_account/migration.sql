-- A provider that refuses our account: no credit, suspended, or not allowed to send there. Processes of the version before may
-- run after this is applied: they never write the value, and read it as a word of the body of /readyz.
ALTER TYPE "RefusedPart" ADD VALUE 'account';
