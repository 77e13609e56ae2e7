-- CreateTable
CREATE TABLE "change_event" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "revoked" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proxy_member" (
    "id" UUID NOT NULL,
    "lease_until" TIMESTAMPTZ(6) NOT NULL,
    "applied_event_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "proxy_member_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "change_event_at_idx" ON "change_event"("at");
