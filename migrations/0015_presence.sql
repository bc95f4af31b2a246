-- Who can be reached, who stands first on the page of the team, and who belongs to which queue.

CREATE TABLE rc_presence (
    -- The presence of a colleague as RingCentral told it last. `user` is the extension's id; whom it belongs to says `contact_sources`.
    user                TEXT NOT NULL PRIMARY KEY,
    -- What follows from the vendor's words below.
    status              TEXT NOT NULL CHECK (status IN
        ('available', 'busy', 'ringing', 'on_call', 'do_not_disturb', 'offline')),
    -- The vendor's words as they came; null where it said nothing. Words of a later version are kept.
    user_status         TEXT,
    presence_status     TEXT,
    telephony_status    TEXT,
    dnd_status          TEXT,
    -- The two that take the place of `dnd_status` on accounts with the new call handling.
    dnd_status_personal TEXT,
    accepts_queue_calls INTEGER CHECK (accepts_queue_calls IN (0, 1)),
    meeting_status      TEXT,
    message             TEXT,
    -- Of the newest event that was heard.
    sequence            INTEGER,
    -- Both on the clock of this computer. `since` is null while it is not known.
    since               INTEGER,
    updated_at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_favourites (
    -- By extension, so that a colleague who is missing in the directory for a while is still one afterwards.
    user     TEXT NOT NULL PRIMARY KEY,
    added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_queues (
    -- The call queues, and when their members were read.
    id      TEXT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL,
    read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_queue_members (
    user     TEXT NOT NULL,
    queue_id TEXT NOT NULL REFERENCES team_queues (id) ON DELETE CASCADE,
    PRIMARY KEY (user, queue_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_queue_members_by_queue ON team_queue_members (queue_id);
