-- AlterTable
ALTER TABLE "authentication_token" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_used_from" TEXT;

-- CreateTable
CREATE TABLE "token_usage" (
    "token_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "token_usage_pkey" PRIMARY KEY ("token_id","hour")
);

-- CreateIndex
CREATE INDEX "token_usage_hour_idx" ON "token_usage"("hour");
