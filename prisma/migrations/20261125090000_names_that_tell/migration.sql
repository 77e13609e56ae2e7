-- Attempts to sign in are counted here, and nothing else.
ALTER TABLE "rate_limit" RENAME TO "sign_in_attempts";

-- Requests are counted here. Usage is what a model bills.
ALTER TABLE "token_usage" RENAME TO "token_requests";
ALTER INDEX "token_usage_hour_idx" RENAME TO "token_requests_hour_idx";

-- Constraints are named after their tables; from version 18 of PostgreSQL also those that forbid NULL.
DO $$
DECLARE
  old record;
BEGIN
  FOR old IN
    SELECT conrelid::regclass AS renamed, conname,
      regexp_replace(conname, '^(rate_limit|token_usage)', conrelid::regclass::text) AS new_name
    FROM pg_constraint
    WHERE conrelid IN ('sign_in_attempts'::regclass, 'token_requests'::regclass) AND conname ~ '^(rate_limit|token_usage)_'
  LOOP
    EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', old.renamed, old.conname, old.new_name);
  END LOOP;
END $$;
