-- A provider that refuses our account: no credit, or suspended. Processes of the version before cannot read the value, so this
-- version does not write it yet.
ALTER TYPE "RefusedPart" ADD VALUE 'account';
