-- The lock that puts events in the order of commits was held from a change's first statement to its commit, over every
-- round trip between them: a console that was stopped there kept all others from changing anything. Now what is to be
-- published waits in a table of its own until the commit, and the lock is taken there. See docs/decisions/revocation.md.

-- Its rows are gone again when they could be seen by others, so there is nothing to keep after a crash.
CREATE UNLOGGED TABLE "change_draft" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_ids" UUID[],
    "revoked" BOOLEAN[],

    CONSTRAINT "change_draft_pkey" PRIMARY KEY ("id")
);

CREATE OR REPLACE FUNCTION publish_change(changed_kind text, changed_id uuid[], changed_revoked boolean[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(changed_id) > 0 THEN
    INSERT INTO change_draft (kind, subject_ids, revoked) VALUES (changed_kind, changed_id, changed_revoked);
  END IF;
END $$;

-- Events are numbered in the order of their commits: from its first event to its commit, a transaction keeps others
-- from writing theirs. Readers ask for "events after the last one that I saw", and would never see one with a smaller
-- number that commits later.
CREATE FUNCTION publish_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7203421);
  INSERT INTO change_event (kind, subject_id, revoked)
    SELECT NEW.kind, id, is_revoked FROM unnest(NEW.subject_ids, NEW.revoked) AS changed (id, is_revoked);
  DELETE FROM change_draft WHERE id = NEW.id;
  PERFORM pg_notify('latchkey_change', '');
  RETURN NULL;
END $$;

-- Deferred: it runs as the server commits, which waits for no client.
CREATE CONSTRAINT TRIGGER draft_publication AFTER INSERT ON change_draft DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION publish_draft();
