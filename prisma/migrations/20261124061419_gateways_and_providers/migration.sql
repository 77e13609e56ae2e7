-- DropIndex
DROP INDEX "audit_event_account_id_at_idx";

-- AlterTable
ALTER TABLE "gateway" ADD COLUMN     "authenticated" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "last_request_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "provider" ADD COLUMN     "header_name" TEXT,
ADD COLUMN     "key_last_chars" TEXT,
ALTER COLUMN "key_version" SET DEFAULT 0;

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "audit_event_account_id_at_id_idx" ON "audit_event"("account_id", "at", "id");
