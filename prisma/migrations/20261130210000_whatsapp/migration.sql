-- Processes of the version before neither write these values nor claim messages of this channel.
ALTER TYPE "Channel" ADD VALUE 'whatsapp';
ALTER TYPE "RefusedPart" ADD VALUE 'template';

ALTER TABLE "Message" ADD COLUMN "fallbackAt" TIMESTAMPTZ(3);
ALTER TABLE "Challenge" ADD COLUMN "phoneChannel" "Channel";
ALTER TABLE "User" ADD COLUMN "phoneChannel" "Channel";

-- A sent WhatsApp message keeps its text until it has arrived, or an SMS has replaced it.
ALTER TABLE "Message" DROP CONSTRAINT "Message_settled_is_wiped",
  ADD CONSTRAINT "Message_settled_is_wiped" CHECK ("sentAt" IS NULL OR "sealedBody" IS NULL OR "fallbackAt" IS NOT NULL) NOT VALID;
