-- Reading faxes: how their pages are turned, what is written on them, and what RingCentral has lost of them.

CREATE TABLE turned_pages (
    -- Pages that a person turned. A page that stands as it came has no row.
    attachment_id INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    -- Within its document, from 0.
    page          INTEGER NOT NULL CHECK (page >= 0),
    -- By 90 degrees clockwise.
    quarter_turns INTEGER NOT NULL CHECK (quarter_turns BETWEEN 1 AND 3),
    PRIMARY KEY (attachment_id, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE doubtful_faxes (
    -- Faxes that were missing in a list of the server: whether a person deleted them there is still to be asked.
    communication_id INTEGER NOT NULL PRIMARY KEY REFERENCES communications (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE fax_readings (
    -- Faxes whose words somebody wants. The row is the wish; it outlives the program until it is fulfilled.
    communication_id INTEGER NOT NULL PRIMARY KEY REFERENCES communications (id) ON DELETE CASCADE,
    asked_at         INTEGER NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'failed')),
    -- How many pages there are; null until the documents were looked at.
    pages            INTEGER CHECK (pages >= 0),
    -- How often it was begun: what ends the program each time is given up.
    attempts         INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- It is not tried before.
    not_before       INTEGER NOT NULL DEFAULT 0,
    -- Why it failed; plain language.
    reason           TEXT,
    CHECK ((state = 'failed') = (reason IS NOT NULL))
) STRICT;

CREATE INDEX fax_readings_waiting ON fax_readings (not_before, asked_at) WHERE state = 'waiting';

CREATE TABLE fax_words (
    -- What is written on a page, word by word with places. All of a fax together stands in its communication's `body`, where the
    -- full-text search has it.
    attachment_id INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    page          INTEGER NOT NULL CHECK (page >= 0),
    text          TEXT NOT NULL,
    words         TEXT NOT NULL CHECK (json_valid(words)),
    PRIMARY KEY (attachment_id, page)
) STRICT, WITHOUT ROWID;

-- Sent faxes in the order in which RingCentral deletes them.
CREATE INDEX communications_sent_faxes ON communications (occurred_at, id)
    WHERE kind = 'fax' AND direction = 'outbound' AND gone_at IS NULL;
