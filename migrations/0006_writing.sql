-- What people are writing, and the numbers that they can write from.

CREATE TABLE senders (
    -- Our own numbers that may send texts, in the order in which RingCentral names them.
    position          INTEGER NOT NULL PRIMARY KEY,
    e164              TEXT NOT NULL UNIQUE,
    can_send_pictures INTEGER NOT NULL CHECK (can_send_pictures IN (0, 1))
) STRICT;

CREATE TABLE drafts (
    -- What was begun in a thread and not sent. A thread is `conversation:<id>` or `numbers:<E.164,…>`.
    thread     TEXT NOT NULL PRIMARY KEY,
    body       TEXT NOT NULL,
    -- The number that was chosen to send it from, if one was.
    from_e164  TEXT,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures (
    -- Files that go along with a text: of a draft until it is sent, then of a row of the outbox until that is settled.
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    thread       TEXT,
    -- The file on this computer, relative to the folder of files that wait to be sent.
    file         TEXT NOT NULL UNIQUE,
    file_name    TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size_bytes   INTEGER NOT NULL CHECK (size_bytes >= 0)
) STRICT;

CREATE INDEX pictures_by_thread ON pictures (thread, id) WHERE thread IS NOT NULL;

-- The texts of one number, newest first: its conversation, and what it said about being texted.
CREATE INDEX communications_texts_by_e164 ON communications (e164, occurred_at, id) WHERE kind = 'text';
