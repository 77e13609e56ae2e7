-- What console and proxies delete of tables in which they may delete nothing else. `lib/database/rights.ts` says who may
-- call these, and makes them run with the rights of the tables' owner.

-- A proxy that could delete younger ones could keep others from hearing of a revocation.
CREATE FUNCTION forget_old_changes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM change_event WHERE at < now() - interval '1 day'
$$;

-- What strangers can cause is kept for a while only. What users did stays.
CREATE FUNCTION forget_strangers() RETURNS void LANGUAGE sql AS $$
  DELETE FROM audit_event
  WHERE action IN ('user.sign_in_failed', 'user.sign_in_locked') AND at <= now() - interval '90 days'
$$;
