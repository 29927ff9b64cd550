-- They compare times of two requests. When a clock is set back in between, or two hosts differ, the second request failed: a
-- code could not confirm an address, and a link not freeze an account.
ALTER TABLE "Address" DROP CONSTRAINT "Address_times";
ALTER TABLE "SecureLink" DROP CONSTRAINT "SecureLink_times";
ALTER TABLE "UnfreezeFlow" DROP CONSTRAINT "UnfreezeFlow_times";
