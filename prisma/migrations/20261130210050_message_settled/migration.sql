-- It locks no row that the product writes.
ALTER TABLE "Message" VALIDATE CONSTRAINT "Message_settled_is_wiped";
