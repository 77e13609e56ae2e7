-- From where a user has signed in.
CREATE TABLE "sign_in_network" (
    "user_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_network_pkey" PRIMARY KEY ("user_id","network")
);
CREATE INDEX "sign_in_network_network_idx" ON "sign_in_network"("network");
CREATE INDEX "sign_in_network_last_at_idx" ON "sign_in_network"("last_at");
ALTER TABLE "sign_in_network" ADD CONSTRAINT "sign_in_network_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Those that have expired are found and deleted.
CREATE INDEX "sign_in_attempts_expire_idx" ON "sign_in_attempts"("expire");
