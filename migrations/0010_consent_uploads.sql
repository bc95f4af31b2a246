-- What people here entered about who wants texts goes on to RingCentral's list, and comes back from there.

-- What RingCentral was last told of an entry, or may have been: it is set before the request leaves.
ALTER TABLE consents ADD COLUMN told TEXT CHECK (told IN ('opted_out', 'opted_in'));

-- The entry still has to reach RingCentral.
ALTER TABLE consents ADD COLUMN is_pending INTEGER NOT NULL DEFAULT 0 CHECK (is_pending IN (0, 1));

-- RingCentral's record only repeats what was entered here, and says nothing of its own.
ALTER TABLE consents ADD COLUMN is_echo INTEGER NOT NULL DEFAULT 0 CHECK (is_echo IN (0, 1));

CREATE INDEX consents_pending ON consents (stated_at) WHERE is_pending = 1;
