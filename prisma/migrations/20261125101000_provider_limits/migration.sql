-- AlterTable
ALTER TABLE "provider" ADD COLUMN     "first_byte_timeout_ms" INTEGER,
ADD COLUMN     "idle_timeout_ms" INTEGER;
