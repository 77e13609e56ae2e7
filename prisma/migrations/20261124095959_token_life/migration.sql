-- What is searched: the name's key without diacritics, so that "nguoi" finds "người", and the reverse.
CREATE FUNCTION fold_name(name_key text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(normalize(replace(name_key, 'đ', 'd'), NFD), '[\u0300-\u036f]', '', 'g')
$$;

-- AlterTable
ALTER TABLE "authentication_token" ADD COLUMN     "search_key" TEXT GENERATED ALWAYS AS (fold_name("name_key")) STORED;
ALTER TABLE "authentication_token" ADD COLUMN     "creation_id" UUID,
ADD COLUMN     "previous_first_chars" TEXT,
ADD COLUMN     "previous_hash" BYTEA,
ADD COLUMN     "previous_last_chars" TEXT,
ADD COLUMN     "previous_secret_id" UUID,
ADD COLUMN     "previous_until" TIMESTAMPTZ(3),
ADD COLUMN     "secret_id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN     "status_rank" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "deleted_token" (
    "id" UUID NOT NULL,
    "account_id" INTEGER NOT NULL,
    "gateway_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "first_chars" TEXT NOT NULL,
    "last_chars" TEXT NOT NULL,
    "secret_id" UUID NOT NULL,
    "status" "token_status" NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_from" TEXT,
    "previous_hash" BYTEA,
    "previous_secret_id" UUID,
    "previous_first_chars" TEXT,
    "previous_last_chars" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "deletion_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deleted_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_count" (
    "id" BIGSERIAL NOT NULL,
    "gateway_id" UUID NOT NULL,
    "status_rank" SMALLINT NOT NULL,
    "tokens" BIGINT NOT NULL,

    CONSTRAINT "token_count_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "token_count_gateway_id_status_rank_idx" ON "token_count"("gateway_id", "status_rank");

-- CreateIndex
CREATE UNIQUE INDEX "deleted_token_hash_key" ON "deleted_token"("hash");

-- CreateIndex
CREATE INDEX "deleted_token_deletion_id_idx" ON "deleted_token"("deletion_id");

-- CreateIndex
CREATE INDEX "deleted_token_gateway_id_deleted_at_idx" ON "deleted_token"("gateway_id", "deleted_at");

-- CreateIndex
CREATE INDEX "deleted_token_deleted_at_idx" ON "deleted_token"("deleted_at");

-- CreateIndex
CREATE UNIQUE INDEX "authentication_token_previous_hash_key" ON "authentication_token"("previous_hash");

-- CreateIndex
CREATE INDEX "authentication_token_gateway_id_status_rank_created_at_id_idx" ON "authentication_token"("gateway_id", "status_rank", "created_at", "id");

-- CreateIndex
CREATE INDEX "authentication_token_creation_id_idx" ON "authentication_token"("creation_id");

-- AddForeignKey
ALTER TABLE "deleted_token" ADD CONSTRAINT "deleted_token_gateway_id_fkey" FOREIGN KEY ("gateway_id") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_count" ADD CONSTRAINT "token_count_gateway_id_fkey" FOREIGN KEY ("gateway_id") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond what schema.prisma can say; `migrations.test.ts` names it.

-- Any part of a name.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "authentication_token_search_key_idx" ON "authentication_token" USING GIN ("search_key" gin_trgm_ops);
-- Estimates for a part of a name come from the histogram; with the usual hundred values a rare part looks common.
ALTER TABLE "authentication_token" ALTER COLUMN "search_key" SET STATISTICS 1000;

-- Never used comes before used long ago.
CREATE INDEX "authentication_token_last_used_idx"
  ON "authentication_token"("gateway_id", "last_used_at" NULLS FIRST, "created_at", "id");

-- What `lib/tokens/upkeep.ts` looks for every second.
CREATE INDEX "authentication_token_expiring_idx" ON "authentication_token"("expires_at") WHERE "status_rank" <> 2;
CREATE INDEX "authentication_token_previous_until_idx"
  ON "authentication_token"("previous_until") WHERE "previous_until" IS NOT NULL;

-- The status of a token as lists show it, by the database's clock.
CREATE FUNCTION rank_token_status(status token_status, expires_at timestamptz) RETURNS smallint
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN expires_at <= clock_timestamp() THEN 2 WHEN status = 'ACTIVE' THEN 0 ELSE 1 END::smallint
$$;

-- Existing rows get their rank before there is a trigger that would publish it.
UPDATE "authentication_token" SET "status_rank" = rank_token_status("status", "expires_at")
  WHERE "status_rank" <> rank_token_status("status", "expires_at");
INSERT INTO "token_count" ("gateway_id", "status_rank", "tokens")
  SELECT "gateway_id", "status_rank", count(*) FROM "authentication_token" GROUP BY 1, 2;

CREATE FUNCTION complete_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.status_rank := rank_token_status(NEW.status, NEW.expires_at);
  IF TG_OP = 'UPDATE' AND NEW.hash <> OLD.hash AND NEW.secret_id = OLD.secret_id THEN
    NEW.secret_id := gen_random_uuid();
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER token_completion BEFORE INSERT OR UPDATE OF status, expires_at, hash, secret_id, status_rank
  ON authentication_token FOR EACH ROW EXECUTE FUNCTION complete_token();

-- Counts by gateway and status. A gateway that is being deleted has none any more and must not get new ones.
CREATE FUNCTION count_created_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO token_count (gateway_id, status_rank, tokens)
    SELECT gateway_id, status_rank, count(*) FROM after_change GROUP BY 1, 2;
  RETURN NULL;
END $$;

CREATE FUNCTION count_deleted_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO token_count (gateway_id, status_rank, tokens)
    SELECT gateway_id, status_rank, -count(*) FROM before_change
    WHERE EXISTS (SELECT FROM gateway WHERE gateway.id = gateway_id) GROUP BY 1, 2;
  RETURN NULL;
END $$;

CREATE FUNCTION count_changed_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO token_count (gateway_id, status_rank, tokens)
    SELECT counted.gateway_id, counted.status_rank, sum(counted.tokens)
    FROM before_change o JOIN after_change n USING (id)
    CROSS JOIN LATERAL (VALUES (o.gateway_id, o.status_rank, -1), (n.gateway_id, n.status_rank, 1))
      AS counted (gateway_id, status_rank, tokens)
    WHERE (o.gateway_id, o.status_rank) <> (n.gateway_id, n.status_rank)
    GROUP BY 1, 2;
  RETURN NULL;
END $$;

CREATE FUNCTION count_no_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM token_count;
  RETURN NULL;
END $$;

CREATE TRIGGER token_creation_count AFTER INSERT ON authentication_token REFERENCING NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION count_created_tokens();
CREATE TRIGGER token_deletion_count AFTER DELETE ON authentication_token REFERENCING OLD TABLE AS before_change
  FOR EACH STATEMENT EXECUTE FUNCTION count_deleted_tokens();
CREATE TRIGGER token_change_count AFTER UPDATE ON authentication_token
  REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_tokens();
CREATE TRIGGER token_truncation_count AFTER TRUNCATE ON authentication_token
  FOR EACH STATEMENT EXECUTE FUNCTION count_no_tokens();

-- A token may have two secrets. One that ends before its token is published by its own id: what is open with it is
-- cut, and what is open with the other goes on.
CREATE OR REPLACE FUNCTION publish_token_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('token', array_agg(changed.id), array_agg(changed.revoked)) FROM (
    SELECT n.id, n.status <> 'ACTIVE' OR coalesce(n.expires_at <= clock_timestamp(), false) AS revoked
      FROM before_change o JOIN after_change n USING (id)
      WHERE (o.status, o.expires_at, o.hash, o.gateway_id, o.previous_hash, o.previous_until)
        IS DISTINCT FROM (n.status, n.expires_at, n.hash, n.gateway_id, n.previous_hash, n.previous_until)
    UNION ALL
    SELECT ended.id, true
      FROM before_change o JOIN after_change n USING (id)
      CROSS JOIN LATERAL (VALUES (o.secret_id), (o.previous_secret_id)) AS ended (id)
      WHERE ended.id <> n.secret_id AND ended.id IS DISTINCT FROM n.previous_secret_id) AS changed;
  RETURN NULL;
END $$;
