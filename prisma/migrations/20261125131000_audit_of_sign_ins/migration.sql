-- From where somebody signed in, or tried to.
ALTER TABLE "audit_event" ADD COLUMN "network" TEXT;
ALTER TABLE "audit_event" ADD COLUMN "user_agent" TEXT;

-- What strangers can cause is kept for a while only, and found to be deleted.
CREATE INDEX audit_event_of_strangers ON audit_event (at)
  WHERE action IN ('user.sign_in_failed', 'user.sign_in_locked');
