-- Instants are milliseconds since 1970-01-01T00:00:00Z. Booleans are 0 or 1. Ids of the vendor are text, because
-- some exceed 2^53.

CREATE TABLE profile (
    -- One row: what is true of this whole file.
    id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    created_at      INTEGER NOT NULL,
    -- ISO 3166-1 alpha-2 of the account; decides how numbers without a country code are read.
    account_country TEXT NOT NULL,
    -- What a person chose instead of it, if anything.
    home_country    TEXT,
    settings        TEXT CHECK (settings IS NULL OR json_valid(settings))
) STRICT;

CREATE TABLE contacts (
    -- A person or company we talk to, our own team and queues included. Ids are never used twice, so that taking
    -- back a deletion can restore the very same id.
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL CHECK (kind IN ('external', 'team_member', 'queue')),
    first_name TEXT NOT NULL,
    last_name  TEXT NOT NULL,
    company    TEXT NOT NULL,
    job_title  TEXT NOT NULL,
    notes      TEXT NOT NULL,
    -- Internal extension number of team members and queues.
    extension  TEXT,
    -- First and last name, else company, else first number; kept so that it can be searched and sorted by.
    name       TEXT NOT NULL,
    sort_key   TEXT NOT NULL,
    -- Emails and tags in one line, for the full-text index.
    keywords   TEXT NOT NULL,
    -- Grows with every change, so that an undo notices that it comes too late.
    revision   INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX contacts_by_name ON contacts (sort_key, id);
CREATE INDEX contacts_by_extension ON contacts (extension, id) WHERE extension IS NOT NULL;

CREATE TABLE contact_numbers (
    -- A contact's numbers in the order in which they are shown.
    id         INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    label      TEXT NOT NULL CHECK (label IN ('mobile', 'work', 'home', 'main', 'fax', 'other')),
    -- As somebody typed it.
    raw        TEXT NOT NULL,
    -- Null when it is no telephone number; such a number matches nobody.
    e164       TEXT,
    extension  TEXT,
    -- Which contact wins when several have the number: the lowest.
    match_rank INTEGER NOT NULL,
    UNIQUE (contact_id, position)
) STRICT;

CREATE INDEX contact_numbers_by_e164 ON contact_numbers (e164, match_rank, contact_id) WHERE e164 IS NOT NULL;

CREATE TABLE contact_emails (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    email      TEXT NOT NULL,
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_emails_by_email ON contact_emails (email COLLATE NOCASE);

CREATE TABLE contact_tags (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    tag        TEXT NOT NULL,
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_sources (
    -- Where a contact came from. `snapshot` is what the source said last: only what differs from it is carried over
    -- to the contact, so that a person's own edits survive the next synchronisation.
    id         INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    source     TEXT NOT NULL CHECK (source IN ('manual', 'csv', 'vcard', 'address_book', 'directory')),
    -- The source's own id; null for sources without ids.
    remote_id  TEXT,
    snapshot   TEXT CHECK (snapshot IS NULL OR json_valid(snapshot))
) STRICT;

CREATE INDEX contact_sources_by_contact ON contact_sources (contact_id, source);
CREATE UNIQUE INDEX contact_sources_by_remote_id ON contact_sources (source, remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE dismissed_sources (
    -- Entries of a source that a person deleted here; the next synchronisation does not bring them back.
    source    TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    PRIMARY KEY (source, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_choices (
    -- A person said: this number is this contact.
    e164       TEXT NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    chosen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX match_choices_by_contact ON match_choices (contact_id);

CREATE TABLE communications (
    -- One call, text, voicemail or fax.
    id                INTEGER NOT NULL PRIMARY KEY,
    source            TEXT NOT NULL CHECK (source IN ('call_log', 'message_store')),
    remote_id         TEXT NOT NULL,
    kind              TEXT NOT NULL CHECK (kind IN ('call', 'text', 'voicemail', 'fax')),
    direction         TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    occurred_at       INTEGER NOT NULL,
    -- When the server says it changed last; not every record says so.
    modified_at       INTEGER,
    -- When we asked for what stands here.
    requested_at      INTEGER NOT NULL,

    -- The other side.
    number_kind       TEXT NOT NULL CHECK (number_kind IN ('number', 'extension', 'short', 'malformed', 'withheld')),
    number            TEXT,
    e164              TEXT,
    extension         TEXT,
    caller_id_name    TEXT,
    contact_id        INTEGER REFERENCES contacts (id) ON DELETE SET NULL,

    -- Our side.
    line_e164         TEXT,
    line_extension    TEXT,
    line_name         TEXT,

    -- Calls.
    session_id        TEXT,
    outcome           TEXT CHECK (outcome IN ('answered', 'answered_elsewhere', 'missed', 'voicemail', 'busy',
                                              'rejected', 'failed', 'in_progress', 'unknown')),
    -- The voicemail or fax that came of the call, by its id in the message store.
    message_remote_id TEXT,
    -- Calls and voicemail.
    duration_seconds  INTEGER CHECK (duration_seconds >= 0),

    -- Texts.
    conversation_id   TEXT,
    is_group          INTEGER NOT NULL CHECK (is_group IN (0, 1)),
    -- What was written, or the transcript of what was said.
    body              TEXT,
    transcript_state  TEXT CHECK (transcript_state IN ('not_available', 'in_progress', 'failed', 'ready', 'partial')),
    -- Texts and faxes.
    delivery_state    TEXT CHECK (delivery_state IN ('received', 'queued', 'sent', 'delivered', 'failed', 'unknown')),
    delivery_reason   TEXT,
    page_count        INTEGER CHECK (page_count >= 0),

    -- What the vendor sent beyond that.
    metadata          TEXT NOT NULL CHECK (json_valid(metadata)),

    is_read           INTEGER NOT NULL CHECK (is_read IN (0, 1)),
    -- When the server last confirmed a read state that was set here; answers to older requests do not change it.
    read_confirmed_at INTEGER,
    is_done           INTEGER NOT NULL CHECK (is_done IN (0, 1)),

    -- Maintained, never set by hand; the rules stand beside the code that derives them.
    -- The call is told by its voicemail or fax: one item, not two.
    is_shadowed       INTEGER NOT NULL DEFAULT 0 CHECK (is_shadowed IN (0, 1)),
    -- A line of the inbox: not shadowed, the newest text of its conversation, the newest attempt of a caller.
    is_listed         INTEGER NOT NULL DEFAULT 0 CHECK (is_listed IN (0, 1)),
    is_owed           INTEGER NOT NULL DEFAULT 0 CHECK (is_owed IN (0, 1)),
    missed_attempts   INTEGER NOT NULL DEFAULT 0,
    -- Unread texts of the conversation on its listed text; 0 or 1 on the other kinds.
    unread_count      INTEGER NOT NULL DEFAULT 0,

    -- Who the other side is as far as we know; null when two of them cannot be said to be the same.
    party_key         TEXT GENERATED ALWAYS AS (CASE
        WHEN is_group = 1 THEN 'group:' || conversation_id
        WHEN contact_id IS NOT NULL THEN 'contact:' || contact_id
        WHEN number_kind = 'number' THEN 'number:' || e164
        WHEN number_kind = 'extension' THEN 'extension:' || extension
        WHEN number_kind = 'short' THEN 'short:' || number
        END) VIRTUAL,
    -- They tried to reach us in vain.
    is_attempt        INTEGER GENERATED ALWAYS AS (direction = 'inbound' AND (kind = 'voicemail' OR (kind = 'call'
        AND is_shadowed = 0 AND outcome IN ('missed', 'voicemail', 'busy')))) VIRTUAL,
    -- We reached each other, or at least answered.
    is_answer         INTEGER GENERATED ALWAYS AS (
        (direction = 'inbound' AND kind = 'call' AND outcome IN ('answered', 'answered_elsewhere'))
        OR (direction = 'outbound' AND kind = 'call' AND outcome <> 'failed')
        OR (direction = 'outbound' AND kind = 'text' AND is_group = 0 AND delivery_state <> 'failed')) VIRTUAL,

    UNIQUE (source, remote_id),
    CHECK ((kind = 'call') = (source = 'call_log')),
    CHECK ((kind = 'call') = (outcome IS NOT NULL)),
    CHECK ((kind = 'text') = (conversation_id IS NOT NULL)),
    CHECK ((number_kind = 'number') <= (e164 IS NOT NULL)),
    CHECK ((number_kind = 'extension') <= (extension IS NOT NULL)),
    CHECK ((number_kind = 'short') <= (number IS NOT NULL))
) STRICT;

-- The tabs, newest first. Each index holds just the rows of its tabs, so the counts that are read from the unread and
-- owed ones do not grow with history.
CREATE INDEX communications_inbox ON communications (occurred_at, id) WHERE is_listed = 1 AND is_done = 0;
CREATE INDEX communications_inbox_by_kind ON communications (kind, occurred_at, id)
    WHERE is_listed = 1 AND is_done = 0;
CREATE INDEX communications_calls ON communications (occurred_at, id)
    WHERE kind = 'call' AND is_shadowed = 0 AND is_done = 0;
CREATE INDEX communications_unread ON communications (occurred_at, id, kind, unread_count)
    WHERE is_listed = 1 AND is_done = 0 AND unread_count > 0;
CREATE INDEX communications_owed ON communications (occurred_at, id) WHERE is_owed = 1;
CREATE INDEX communications_done ON communications (occurred_at, id) WHERE is_listed = 1 AND is_done = 1;

-- Somebody's history, and what has to be derived again when something of theirs changes.
CREATE INDEX communications_by_party ON communications (party_key, occurred_at, id);
CREATE INDEX communications_by_conversation ON communications (conversation_id, occurred_at, id)
    WHERE conversation_id IS NOT NULL;
-- Linking.
CREATE INDEX communications_by_e164 ON communications (e164) WHERE e164 IS NOT NULL;
CREATE INDEX communications_by_extension ON communications (extension) WHERE extension IS NOT NULL;
CREATE INDEX communications_by_contact ON communications (contact_id);
CREATE INDEX communications_by_session ON communications (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX communications_by_message ON communications (message_remote_id) WHERE message_remote_id IS NOT NULL;
-- What a full synchronisation of a span of time did not bring any more.
CREATE INDEX communications_by_source ON communications (source, occurred_at);
-- Transcripts that the server has and we have not fetched yet.
CREATE INDEX communications_awaiting_transcript ON communications (occurred_at)
    WHERE transcript_state IN ('ready', 'partial') AND body IS NULL;

CREATE TABLE participants (
    -- Everyone but us in a group text; other communications have one party, which stands in their own row.
    communication_id INTEGER NOT NULL REFERENCES communications (id) ON DELETE CASCADE,
    position         INTEGER NOT NULL,
    number_kind      TEXT NOT NULL,
    number           TEXT,
    e164             TEXT,
    extension        TEXT,
    caller_id_name   TEXT,
    contact_id       INTEGER REFERENCES contacts (id) ON DELETE SET NULL,
    PRIMARY KEY (communication_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX participants_by_e164 ON participants (e164) WHERE e164 IS NOT NULL;
CREATE INDEX participants_by_extension ON participants (extension) WHERE extension IS NOT NULL;
CREATE INDEX participants_by_contact ON participants (contact_id);

CREATE TABLE attachments (
    id               INTEGER NOT NULL PRIMARY KEY,
    communication_id INTEGER NOT NULL REFERENCES communications (id) ON DELETE CASCADE,
    remote_id        TEXT NOT NULL,
    kind             TEXT NOT NULL CHECK (kind IN ('audio', 'transcript', 'fax_document', 'media')),
    content_type     TEXT NOT NULL,
    file_name        TEXT NOT NULL,
    size_bytes       INTEGER,
    -- Where the vendor keeps it: absolute, followed and never built.
    uri              TEXT NOT NULL,
    -- The file on this computer, relative to the folder of cached files.
    cached_file      TEXT,
    UNIQUE (communication_id, remote_id)
) STRICT;

CREATE TABLE orphaned_files (
    -- Cached files whose attachment is gone; whoever keeps the folder deletes them.
    cached_file TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER attachments_leave_files AFTER DELETE ON attachments WHEN old.cached_file IS NOT NULL BEGIN
    INSERT OR IGNORE INTO orphaned_files (cached_file) VALUES (old.cached_file);
END;

CREATE TABLE deleted_communications (
    -- What the server deleted. An answer to an older request must not bring it back.
    source       TEXT NOT NULL,
    remote_id    TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    PRIMARY KEY (source, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_state (
    -- How far each synchronisation is. The token is always written together with the page that it came with.
    scope     TEXT NOT NULL PRIMARY KEY,
    token     TEXT,
    synced_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE backfills (
    -- How far the older history has arrived, newest first.
    scope             TEXT NOT NULL PRIMARY KEY,
    target_at         INTEGER NOT NULL,
    complete_since    INTEGER,
    -- Where to go on, in a form of the synchronisation's own.
    cursor            TEXT,
    records           INTEGER NOT NULL,
    is_paused         INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
    is_finished       INTEGER NOT NULL CHECK (is_finished IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside (
    -- Records that could not be understood, kept as they came.
    scope        TEXT NOT NULL,
    remote_id    TEXT NOT NULL,
    reason       TEXT NOT NULL,
    raw          TEXT NOT NULL,
    set_aside_at INTEGER NOT NULL,
    PRIMARY KEY (scope, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE own_lines (
    -- Our own numbers and queues, to say which of them was dialled.
    position  INTEGER NOT NULL PRIMARY KEY,
    e164      TEXT,
    extension TEXT,
    name      TEXT NOT NULL,
    is_queue  INTEGER NOT NULL CHECK (is_queue IN (0, 1)),
    CHECK (e164 IS NOT NULL OR extension IS NOT NULL)
) STRICT;

CREATE TABLE pending_changes (
    -- Read states that were set here and still have to reach the server. One per message: the last word.
    communication_id INTEGER NOT NULL PRIMARY KEY REFERENCES communications (id) ON DELETE CASCADE,
    is_read          INTEGER NOT NULL CHECK (is_read IN (0, 1)),
    changed_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE undo_log (
    -- What it takes to take a change back.
    token      TEXT NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL,
    change     TEXT NOT NULL CHECK (json_valid(change))
) STRICT, WITHOUT ROWID;
