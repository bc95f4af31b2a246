-- What is to happen outside: a row before anything leaves this computer.

CREATE TABLE outbox (
    -- RingCentral has no idempotency key, so a row is never tried again before it is known that the last try was not
    -- carried out. Rows stay after they are settled: they are the proof of what was sent.
    id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind           TEXT NOT NULL CHECK (kind IN ('text', 'fax', 'ring_out', 'transcription', 'preparation')),
    -- What is to be done, complete: nothing of it is looked up again when its turn comes.
    job            TEXT NOT NULL CHECK (json_valid(job)),
    state          TEXT NOT NULL CHECK (state IN
        ('queued', 'sending', 'accepted', 'delivered', 'failed', 'unknown', 'cancelled')),
    -- 0: a person waits for it. 1: part of a campaign, which leaves the way free.
    urgency        INTEGER NOT NULL CHECK (urgency IN (0, 1)),
    -- Rows of one lane go in their order: texts to the same people must not overtake each other.
    lane           TEXT NOT NULL,
    -- Rows of one pace share a limit a minute: the number that they are sent from.
    pace           TEXT,
    -- The row that has to be carried out before this one.
    depends_on     INTEGER REFERENCES outbox (id),
    -- A campaign is paused.
    is_held        INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1)),
    -- A person has seen how it ended and does not want to see it any more.
    is_dismissed   INTEGER NOT NULL DEFAULT 0 CHECK (is_dismissed IN (0, 1)),

    created_at     INTEGER NOT NULL,
    -- A queued row begins, and an unknown one is looked for, not before this. The wait counts from `waits_since`, so that
    -- a clock that is set back does not make it last for ever.
    waits_since    INTEGER NOT NULL,
    not_before     INTEGER NOT NULL,
    -- Nothing is begun after this; a call that nobody waits for any more is not placed.
    expires_at     INTEGER,

    attempts       INTEGER NOT NULL DEFAULT 0,
    -- When the last try began by the clock of the server, by which the server says when a message was made.
    began_at       INTEGER,
    -- How often it was looked for since it is unknown.
    looks          INTEGER NOT NULL DEFAULT 0,

    remote_id      TEXT,
    failure_code   TEXT,
    -- Plain language.
    failure        TEXT,
    -- Trying it again as it is can help.
    can_retry      INTEGER NOT NULL DEFAULT 0 CHECK (can_retry IN (0, 1)),
    settled_at     INTEGER,

    CHECK ((state IN ('accepted', 'delivered')) <= (remote_id IS NOT NULL)),
    CHECK ((state = 'failed') <= (failure IS NOT NULL)),
    CHECK ((state = 'unknown') <= (began_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX outbox_by_remote_id ON outbox (remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX outbox_queued ON outbox (urgency, id) WHERE state = 'queued';
CREATE INDEX outbox_unknown ON outbox (not_before, id) WHERE state = 'unknown';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
-- What stands in the way of a later row of its lane, and what a conversation shows of its own.
CREATE INDEX outbox_open_by_lane ON outbox (lane, id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX outbox_failed ON outbox (lane, id) WHERE state = 'failed' AND is_dismissed = 0;
CREATE INDEX outbox_by_dependency ON outbox (depends_on) WHERE depends_on IS NOT NULL;

CREATE TABLE outbox_attempts (
    -- Every try, and how it ended. By the clock of this computer.
    outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    pace      TEXT,
    began_at  INTEGER NOT NULL,
    ended_at  INTEGER,
    outcome   TEXT CHECK (outcome IN ('accepted', 'not_sent', 'refused', 'unknown')),
    -- The vendor's code, if it gave one, and plain words.
    code      TEXT,
    words     TEXT,
    PRIMARY KEY (outbox_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_attempts_by_pace ON outbox_attempts (pace, began_at) WHERE pace IS NOT NULL;

-- RingCentral reports the delivery on the message; whoever sent it hears of it, in whatever way the report came here.
CREATE TRIGGER outbox_follows_new_message AFTER INSERT ON communications
WHEN new.source = 'message_store' AND new.direction = 'outbound' AND new.delivery_state IN ('delivered', 'failed') BEGIN
    UPDATE outbox SET state = new.delivery_state, failure = iif(new.delivery_state = 'failed',
        coalesce(new.delivery_reason, 'It was not delivered.'), NULL)
    WHERE remote_id = new.remote_id AND state IN ('accepted', 'delivered', 'failed');
END;

CREATE TRIGGER outbox_follows_message AFTER UPDATE OF delivery_state, delivery_reason ON communications
WHEN new.source = 'message_store' AND new.direction = 'outbound' AND new.delivery_state IN ('delivered', 'failed') BEGIN
    UPDATE outbox SET state = new.delivery_state, failure = iif(new.delivery_state = 'failed',
        coalesce(new.delivery_reason, 'It was not delivered.'), NULL)
    WHERE remote_id = new.remote_id AND state IN ('accepted', 'delivered', 'failed');
END;
