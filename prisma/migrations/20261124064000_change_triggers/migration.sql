-- Whoever changes what the data plane goes by, also by hand, writes change events: see docs/decisions/revocation.md.

-- Events are numbered in the order of their commits: from its first event to its commit, a transaction keeps others
-- from writing theirs. Readers ask for "events after the last one that I saw", and would never see one with a smaller
-- number that commits later.
CREATE FUNCTION publish_change(changed_kind text, changed_id uuid[], changed_revoked boolean[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(changed_id) > 0 THEN
    PERFORM pg_advisory_xact_lock(7203421);
    INSERT INTO change_event (kind, subject_id, revoked)
      SELECT changed_kind, id, revoked FROM unnest(changed_id, changed_revoked) AS changed (id, revoked);
    PERFORM pg_notify('latchkey_change', '');
  END IF;
END $$;

-- Tokens. Creation needs no event: an unknown token is not remembered.
CREATE FUNCTION publish_token_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('token', array_agg(id), array_agg(true)) FROM before_change;
  RETURN NULL;
END $$;

CREATE FUNCTION publish_token_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('token', array_agg(id),
      array_agg(n.status <> 'ACTIVE' OR n.hash <> o.hash OR coalesce(n.expires_at <= clock_timestamp(), false)))
    FROM before_change o JOIN after_change n USING (id)
    WHERE (o.status, o.expires_at, o.hash, o.gateway_id)
      IS DISTINCT FROM (n.status, n.expires_at, n.hash, n.gateway_id);
  RETURN NULL;
END $$;

CREATE TRIGGER token_deletion AFTER DELETE ON authentication_token REFERENCING OLD TABLE AS before_change
  FOR EACH STATEMENT EXECUTE FUNCTION publish_token_deletion();
CREATE TRIGGER token_change AFTER UPDATE ON authentication_token
  REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION publish_token_change();

-- Gateways.
CREATE FUNCTION publish_gateway_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('gateway', array_agg(id), array_agg(true)) FROM before_change;
  RETURN NULL;
END $$;

CREATE FUNCTION publish_gateway_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('gateway', array_agg(id), array_agg(n.status <> 'ACTIVE'))
    FROM before_change o JOIN after_change n USING (id)
    WHERE (o.status, o.authenticated, o.slug) IS DISTINCT FROM (n.status, n.authenticated, n.slug);
  RETURN NULL;
END $$;

CREATE TRIGGER gateway_deletion AFTER DELETE ON gateway REFERENCING OLD TABLE AS before_change
  FOR EACH STATEMENT EXECUTE FUNCTION publish_gateway_deletion();
CREATE TRIGGER gateway_change AFTER UPDATE ON gateway
  REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION publish_gateway_change();

-- Providers and models are read with their gateway, so theirs are changes of the gateway. Streams go on.
CREATE FUNCTION publish_provider_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('gateway', array_agg(gateway_id), array_agg(false))
    FROM (SELECT DISTINCT gateway_id FROM changed) AS gateways;
  RETURN NULL;
END $$;

CREATE FUNCTION publish_model_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('gateway', array_agg(gateway_id), array_agg(false))
    FROM (SELECT DISTINCT gateway_id FROM changed JOIN provider ON provider.id = provider_id) AS gateways;
  RETURN NULL;
END $$;

CREATE TRIGGER provider_creation AFTER INSERT ON provider REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION publish_provider_change();
CREATE TRIGGER provider_change AFTER UPDATE ON provider REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION publish_provider_change();
CREATE TRIGGER provider_deletion AFTER DELETE ON provider REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION publish_provider_change();
CREATE TRIGGER model_creation AFTER INSERT ON model REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION publish_model_change();
CREATE TRIGGER model_change AFTER UPDATE ON model REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION publish_model_change();
CREATE TRIGGER model_deletion AFTER DELETE ON model REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION publish_model_change();
