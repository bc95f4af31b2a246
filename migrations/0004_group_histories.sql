-- A group text belongs to the history of everyone who takes part in it. The moment stands beside each participant, so
-- that such a history is read from one index.

ALTER TABLE participants ADD COLUMN occurred_at INTEGER NOT NULL DEFAULT 0;

UPDATE participants SET occurred_at = c.occurred_at FROM communications c WHERE c.id = participants.communication_id;

DROP INDEX participants_by_contact;
DROP INDEX participants_by_e164;
CREATE INDEX participants_by_contact ON participants (contact_id, occurred_at, communication_id);
CREATE INDEX participants_by_e164 ON participants (e164, occurred_at, communication_id) WHERE e164 IS NOT NULL;

CREATE TRIGGER participants_follow_their_text AFTER UPDATE OF occurred_at ON communications
WHEN old.occurred_at <> new.occurred_at AND new.is_group = 1 BEGIN
    UPDATE participants SET occurred_at = new.occurred_at WHERE communication_id = new.id;
END;
