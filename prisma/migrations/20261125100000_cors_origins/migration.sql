-- AlterTable
ALTER TABLE "gateway" ADD COLUMN     "cors_origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- Proxies remember gateways without a limit in time, so what this does not name never reaches them.
CREATE OR REPLACE FUNCTION publish_gateway_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('gateway', array_agg(id), array_agg(n.status <> 'ACTIVE'))
    FROM before_change o JOIN after_change n USING (id)
    WHERE (o.status, o.authenticated, o.slug, o.cors_origins)
      IS DISTINCT FROM (n.status, n.authenticated, n.slug, n.cors_origins);
  RETURN NULL;
END $$;
