-- A customer looked at the addresses of the account in full.
ALTER TYPE "EventType" ADD VALUE 'addresses_shown';
