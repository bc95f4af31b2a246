-- One text to many people, each with a row of the outbox of their own. What is to be sent is frozen there.

CREATE TABLE campaigns (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    from_e164  TEXT NOT NULL,
    -- With placeholders, as it was written.
    body       TEXT NOT NULL,
    is_paused  INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1)),
    created_at INTEGER NOT NULL,
    -- When a person put an end to it.
    cancelled_at INTEGER
) STRICT;

CREATE TABLE campaign_recipients (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    -- In the order of sending.
    position    INTEGER NOT NULL,
    outbox_id   INTEGER NOT NULL UNIQUE REFERENCES outbox (id),
    -- As the recipient was called when the campaign began.
    label       TEXT NOT NULL,
    PRIMARY KEY (campaign_id, position)
) STRICT, WITHOUT ROWID;
