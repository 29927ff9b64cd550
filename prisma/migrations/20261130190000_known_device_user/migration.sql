-- It locks no row that the product writes.
ALTER TABLE "KnownDevice" VALIDATE CONSTRAINT "KnownDevice_userId_fkey";
