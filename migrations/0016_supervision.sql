-- Who listened in to whose calls: written once, never changed, and chained so that a missing line shows.

CREATE TABLE supervisions (
    -- One line of the log. A supervision has several: it was asked for, refused or begun, and ended. Numbers go up by one;
    -- the greatest ever given stands in sqlite_sequence, so that lines missing at the end show as well.
    number        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- The line with which this supervision began: its own number there.
    attempt       INTEGER NOT NULL CHECK (attempt <= number),
    at            INTEGER NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('asked', 'refused', 'running', 'ended')),
    -- Names stand beside the vendor's ids as they were then.
    supervisor_id TEXT NOT NULL,
    supervisor    TEXT NOT NULL,
    agent_id      TEXT NOT NULL,
    agent         TEXT NOT NULL,
    party         TEXT NOT NULL,
    session_id    TEXT NOT NULL,
    mode          TEXT NOT NULL CHECK (mode IN ('listen', 'whisper', 'barge', 'take_over')),
    -- Why it was refused; plain language.
    reason        TEXT,
    -- How long it went on.
    seconds       INTEGER CHECK (seconds >= 0),
    -- SHA-256 of the hash of the line before and of this line.
    hash          BLOB NOT NULL CHECK (length(hash) = 32),
    CHECK ((kind = 'asked') = (attempt = number)),
    CHECK ((kind = 'refused') = (reason IS NOT NULL)),
    CHECK ((kind = 'ended') = (seconds IS NOT NULL))
) STRICT;

CREATE INDEX supervisions_by_attempt ON supervisions (attempt, number);
CREATE INDEX supervisions_asked ON supervisions (number) WHERE kind = 'asked';

CREATE TRIGGER supervisions_are_not_changed BEFORE UPDATE ON supervisions BEGIN
    SELECT raise(ABORT, 'the log of supervisions is only added to');
END;

CREATE TRIGGER supervisions_are_not_removed BEFORE DELETE ON supervisions BEGIN
    SELECT raise(ABORT, 'the log of supervisions is only added to');
END;

-- REPLACE would remove a line without the trigger above.
CREATE TRIGGER supervisions_are_not_replaced BEFORE INSERT ON supervisions
WHEN EXISTS (SELECT 1 FROM supervisions WHERE number = new.number) BEGIN
    SELECT raise(ABORT, 'the log of supervisions is only added to');
END;

-- A day of a queue is counted without reading the calls themselves.
CREATE INDEX communications_inbound_lines ON communications (occurred_at, line_e164, line_extension, outcome)
    WHERE kind = 'call' AND direction = 'inbound';
