-- What a token may reach at a provider.
ALTER TABLE "provider" ADD COLUMN "opens_management" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "gateway" ADD COLUMN "objects_by_token" BOOLEAN NOT NULL DEFAULT false;

-- What was made at a provider through a gateway.
CREATE TABLE "upstream_object" (
    "provider_id" UUID NOT NULL,
    "collection" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "gateway_id" UUID NOT NULL,
    "account_id" INTEGER NOT NULL,
    "token_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upstream_object_pkey" PRIMARY KEY ("provider_id","collection","object_id")
);
CREATE INDEX "upstream_object_provider_id_collection_created_at_idx" ON "upstream_object"("provider_id", "collection", "created_at");
ALTER TABLE "upstream_object" ADD CONSTRAINT "upstream_object_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A provider's changes are all published; a gateway's by name.
CREATE OR REPLACE FUNCTION publish_gateway_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('gateway', array_agg(id), array_agg(n.status <> 'ACTIVE'))
    FROM before_change o JOIN after_change n USING (id)
    WHERE (o.status, o.authenticated, o.slug, o.cors_origins, o.objects_by_token)
      IS DISTINCT FROM (n.status, n.authenticated, n.slug, n.cors_origins, n.objects_by_token);
  RETURN NULL;
END $$;
