-- What was said in voicemail, written down by whoever did it, and what of it is shown.

CREATE TABLE transcripts (
    -- One per voicemail and writer; a later one of the same writer takes the place of an earlier one.
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    communication_id INTEGER NOT NULL REFERENCES communications (id) ON DELETE CASCADE,
    source           TEXT NOT NULL CHECK (source IN ('ringcentral', 'this_computer', 'gemini', 'open_ai')),
    model            TEXT NOT NULL,
    -- ISO 639-1, where the writer says so.
    language         TEXT,
    -- Empty: nothing was said.
    text             TEXT NOT NULL,
    -- Parts with their places in the sound; empty when no times are known.
    segments         TEXT NOT NULL CHECK (json_valid(segments)),
    confidence       REAL CHECK (confidence BETWEEN 0 AND 1),
    is_partial       INTEGER NOT NULL CHECK (is_partial IN (0, 1)),
    -- A person asked for this very writer.
    is_chosen        INTEGER NOT NULL CHECK (is_chosen IN (0, 1)),
    written_at       INTEGER NOT NULL,
    -- The row of the outbox that it answers: by it a job that was cut off at its very end is found to be done.
    outbox_id        INTEGER REFERENCES outbox (id),
    -- As a person left it.
    corrected_text   TEXT,
    corrected_at     INTEGER,
    UNIQUE (communication_id, source),
    CHECK ((corrected_text IS NULL) = (corrected_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX transcripts_by_outbox ON transcripts (outbox_id) WHERE outbox_id IS NOT NULL;

-- Of whom the words are that stand in `body`; `body` itself stays what is shown, so that the search finds it.
ALTER TABLE communications ADD COLUMN words_by TEXT
    CHECK (words_by IN ('ringcentral', 'this_computer', 'gemini', 'open_ai'));
ALTER TABLE communications ADD COLUMN words_are_partial INTEGER NOT NULL DEFAULT 0 CHECK (words_are_partial IN (0, 1));
-- The `transcript_state` with which RingCentral's words were fetched last.
ALTER TABLE communications ADD COLUMN fetched_words TEXT CHECK (fetched_words IN ('ready', 'partial'));

INSERT INTO transcripts (communication_id, source, model, text, segments, is_partial, is_chosen, written_at)
SELECT id, 'ringcentral', '', body, '[]', transcript_state = 'partial', 0, occurred_at
FROM communications WHERE kind = 'voicemail' AND body IS NOT NULL AND transcript_state IN ('ready', 'partial');

UPDATE communications SET words_by = 'ringcentral', words_are_partial = transcript_state = 'partial',
    fetched_words = transcript_state
WHERE kind = 'voicemail' AND body IS NOT NULL AND transcript_state IN ('ready', 'partial');

DROP INDEX communications_awaiting_transcript;
CREATE INDEX communications_awaiting_words ON communications (occurred_at)
    WHERE transcript_state IN ('ready', 'partial') AND fetched_words IS NOT transcript_state;
-- Voicemail without words, for "transcribe all".
CREATE INDEX communications_without_words ON communications (occurred_at) WHERE kind = 'voicemail' AND body IS NULL;

-- Transcriptions are this computer's own work: they are stepped by themselves and never stand in the way of a text.
CREATE INDEX outbox_transcriptions ON outbox (lane, id) WHERE kind = 'transcription';
CREATE INDEX outbox_open_transcriptions ON outbox (urgency, id)
    WHERE kind = 'transcription' AND state IN ('queued', 'sending');
