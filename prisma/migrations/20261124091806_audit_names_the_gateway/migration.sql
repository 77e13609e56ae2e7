-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "gateway_name" TEXT;

-- What gateways did to themselves names them already; of tokens that are still there, their gateway is known.
UPDATE "audit_event" SET "gateway_name" = "subject_name" WHERE "action" LIKE 'gateway.%';
UPDATE "audit_event" SET "gateway_name" = "gateway"."name"
  FROM "authentication_token" JOIN "gateway" ON "gateway"."id" = "authentication_token"."gateway_id"
  WHERE "audit_event"."action" LIKE 'token.%' AND "authentication_token"."id" = "audit_event"."subject_id";
