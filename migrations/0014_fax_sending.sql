-- Faxes on their way out: what is being made ready, and what RingCentral is to be told about those it has.

CREATE TABLE fax_drafts (
    -- A fax that is being made ready. It stays after it was sent, until nobody can want it back: the documents are then
    -- on this computer still.
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Numbers in E.164, in the order in which they were named.
    recipients TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(recipients)),
    -- Which pages of which files go, in their order.
    pages      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(pages)),
    cover      TEXT NOT NULL CHECK (json_valid(cover)),
    resolution TEXT NOT NULL CHECK (resolution IN ('high', 'low')),
    send_at    INTEGER,
    -- The message at RingCentral whose pages it began with.
    original   TEXT,
    -- The row that sends it; null while it is a draft.
    outbox_id  INTEGER REFERENCES outbox (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX fax_drafts_open ON fax_drafts (updated_at, id) WHERE outbox_id IS NULL;
CREATE UNIQUE INDEX fax_drafts_by_row ON fax_drafts (outbox_id) WHERE outbox_id IS NOT NULL;

CREATE TABLE fax_files (
    -- A file of a draft. Its bytes lie beside the database; the original may vanish.
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    draft_id     INTEGER NOT NULL REFERENCES fax_drafts (id) ON DELETE CASCADE,
    -- Relative to the folder of faxes that wait to be sent.
    file         TEXT NOT NULL UNIQUE,
    -- As it was dropped.
    file_name    TEXT NOT NULL,
    -- By its content, not by its name.
    content_type TEXT NOT NULL,
    size_bytes   INTEGER NOT NULL CHECK (size_bytes >= 0),
    kind         TEXT NOT NULL CHECK (kind IN ('pdf', 'tiff', 'picture', 'text', 'converted')),
    -- Width and height of each page in points; null when only RingCentral can tell, or it cannot be read.
    pages        TEXT CHECK (json_valid(pages)),
    -- Why it cannot be sent; plain language.
    fault        TEXT,
    -- It is a document of the draft's `original`, untouched.
    is_original  INTEGER NOT NULL DEFAULT 0 CHECK (is_original IN (0, 1))
) STRICT;

CREATE INDEX fax_files_by_draft ON fax_files (draft_id, id);

CREATE TABLE fax_call_backs (
    -- Faxes that RingCentral would send later and that a person called back, until RingCentral has heard of it.
    communication_id INTEGER NOT NULL PRIMARY KEY REFERENCES communications (id) ON DELETE CASCADE,
    asked_at         INTEGER NOT NULL,
    -- A request may have left. A second deletion would purge what the first one left restorable, so it is looked at first.
    is_begun         INTEGER NOT NULL DEFAULT 0 CHECK (is_begun IN (0, 1))
) STRICT;

-- When the last piece of an upload was about to leave. Before that the server cannot have carried it out.
ALTER TABLE outbox ADD COLUMN handed_over_at INTEGER;

-- Faxes that are on their way or need a person.
CREATE INDEX outbox_open_faxes ON outbox (id) WHERE kind = 'fax' AND is_dismissed = 0 AND state <> 'delivered';

-- Those that RingCentral has and has not sent: whoever sent them is told how they end.
CREATE INDEX communications_queued_faxes ON communications (id)
    WHERE kind = 'fax' AND direction = 'outbound' AND delivery_state = 'queued';

-- `Sent` is the last that RingCentral says of a fax that arrived; of texts it is not.
CREATE TRIGGER outbox_follows_new_fax AFTER INSERT ON communications
WHEN new.source = 'message_store' AND new.kind = 'fax' AND new.direction = 'outbound' AND new.delivery_state = 'sent' BEGIN
    UPDATE outbox SET state = 'delivered', failure = NULL
    WHERE remote_id = new.remote_id AND state IN ('accepted', 'failed');
END;

CREATE TRIGGER outbox_follows_fax AFTER UPDATE OF delivery_state ON communications
WHEN new.source = 'message_store' AND new.kind = 'fax' AND new.direction = 'outbound' AND new.delivery_state = 'sent' BEGIN
    UPDATE outbox SET state = 'delivered', failure = NULL
    WHERE remote_id = new.remote_id AND state IN ('accepted', 'failed');
END;

-- A queued fax that is deleted at RingCentral, here or elsewhere, is never sent.
CREATE TRIGGER outbox_follows_deleted_fax AFTER DELETE ON communications
WHEN old.source = 'message_store' AND old.kind = 'fax' AND old.direction = 'outbound' AND old.delivery_state = 'queued' BEGIN
    UPDATE outbox SET state = 'cancelled', is_dismissed = 1
    WHERE remote_id = old.remote_id AND kind = 'fax' AND state = 'accepted';
END;
