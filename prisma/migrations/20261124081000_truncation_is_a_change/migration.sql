-- A table that is emptied at once fires no row's trigger: everything may have changed.
CREATE FUNCTION publish_everything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_change('everything', ARRAY['00000000-0000-0000-0000-000000000000'::uuid], ARRAY[true]);
  RETURN NULL;
END $$;

CREATE TRIGGER token_truncation AFTER TRUNCATE ON authentication_token
  FOR EACH STATEMENT EXECUTE FUNCTION publish_everything();
CREATE TRIGGER gateway_truncation AFTER TRUNCATE ON gateway
  FOR EACH STATEMENT EXECUTE FUNCTION publish_everything();
CREATE TRIGGER provider_truncation AFTER TRUNCATE ON provider
  FOR EACH STATEMENT EXECUTE FUNCTION publish_everything();
CREATE TRIGGER model_truncation AFTER TRUNCATE ON model
  FOR EACH STATEMENT EXECUTE FUNCTION publish_everything();
