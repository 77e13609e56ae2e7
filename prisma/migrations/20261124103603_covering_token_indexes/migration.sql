-- Where a page begins is found by skipping entries of an index. One that also holds what is searched, and the id, is
-- read alone; the rows of half a million tokens that are skipped are not.
CREATE UNIQUE INDEX "authentication_token_by_name" ON "authentication_token"("gateway_id", "name_key") INCLUDE ("search_key", "id");
CREATE INDEX "authentication_token_by_created_at" ON "authentication_token"("gateway_id", "created_at", "id") INCLUDE ("search_key");
CREATE INDEX "authentication_token_by_status" ON "authentication_token"("gateway_id", "status_rank", "created_at", "id") INCLUDE ("search_key");

-- DropIndex
DROP INDEX "authentication_token_gateway_id_name_key_key";

-- DropIndex
DROP INDEX "authentication_token_gateway_id_created_at_id_idx";

-- DropIndex
DROP INDEX "authentication_token_gateway_id_status_rank_created_at_id_idx";
