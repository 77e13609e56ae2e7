-- Which key a provider has, without the key: a form that was opened before another was stored must not overwrite that
-- unasked. Null for keys that were stored before.
ALTER TABLE "provider" ADD COLUMN "key_id" UUID;
