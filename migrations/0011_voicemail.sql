-- Voicemail: what is known of its sound, what RingCentral has lost of it, and what a person deleted here.

-- When it was found that RingCentral has deleted a message by itself. What is here stays.
ALTER TABLE communications ADD COLUMN gone_at INTEGER;
-- A person deleted it here. It is shown nowhere and goes when RingCentral has deleted it too.
ALTER TABLE communications ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1));

-- What fills the mailbox at RingCentral, in the order in which it is overwritten.
CREATE INDEX communications_mailbox ON communications (occurred_at, id)
    WHERE kind IN ('voicemail', 'fax') AND direction = 'inbound' AND gone_at IS NULL;

CREATE TABLE voicemails (
    -- What the message store does not say of a voicemail. A row is there as soon as there is something to remember.
    communication_id INTEGER NOT NULL PRIMARY KEY REFERENCES communications (id) ON DELETE CASCADE,
    -- Where somebody stopped listening.
    position_ms      INTEGER NOT NULL DEFAULT 0 CHECK (position_ms >= 0),
    -- As measured, and the loudest moments; null until the sound was looked at.
    duration_ms      INTEGER CHECK (duration_ms >= 0),
    peaks            BLOB,
    -- Why nothing of it can be played; plain language.
    fault            TEXT,
    -- When somebody listened to it last.
    used_at          INTEGER,
    -- It was missing in a list of the server: whether a person deleted it there is still to be asked.
    is_doubtful      INTEGER NOT NULL DEFAULT 0 CHECK (is_doubtful IN (0, 1)),
    CHECK ((duration_ms IS NULL) = (peaks IS NULL)),
    CHECK (fault IS NULL OR peaks IS NULL)
) STRICT;

CREATE INDEX voicemails_doubtful ON voicemails (communication_id) WHERE is_doubtful = 1;

-- The sounds on this computer.
CREATE INDEX attachments_cached_sounds ON attachments (communication_id, size_bytes)
    WHERE kind = 'audio' AND cached_file IS NOT NULL;

CREATE TABLE voicemail_deletions (
    -- Voicemails that a person deleted here, on their way to RingCentral.
    communication_id INTEGER NOT NULL PRIMARY KEY REFERENCES communications (id) ON DELETE CASCADE,
    deleted_at       INTEGER NOT NULL,
    -- Until then it can be taken back.
    not_before       INTEGER NOT NULL,
    -- A request may have left. A second deletion would purge what the first one left restorable, so it is looked at first.
    is_begun         INTEGER NOT NULL DEFAULT 0 CHECK (is_begun IN (0, 1))
) STRICT;

CREATE INDEX voicemail_deletions_due ON voicemail_deletions (not_before, communication_id);
