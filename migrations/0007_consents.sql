-- Who does not want texts any more, as far as it does not stand in their own messages: those are read where they are.

CREATE TABLE consents (
    -- Our number; empty for all of them, which RingCentral writes as `*`.
    sender     TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    source     TEXT NOT NULL CHECK (source IN ('ringcentral', 'entered_here')),
    state      TEXT NOT NULL CHECK (state IN ('opted_out', 'opted_in')),
    stated_at  INTEGER NOT NULL,
    PRIMARY KEY (recipient, sender, source)
) STRICT, WITHOUT ROWID;
