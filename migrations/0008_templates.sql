-- Texts that are written again and again.

CREATE TABLE sms_templates (
    -- Ids are never used twice, so that taking back a deletion can restore the very same id.
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- The RingCentral account whose templates these are. One file holds one account, so today it is the same everywhere.
    company_id TEXT NOT NULL,
    name       TEXT NOT NULL CHECK (name <> ''),
    body       TEXT NOT NULL,
    category   TEXT CHECK (category <> ''),
    -- The placeholders of the body, each once, in their order.
    variables  TEXT NOT NULL CHECK (json_valid(variables)),
    created_by TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sms_templates_by_category ON sms_templates (category IS NULL, category COLLATE NOCASE, name COLLATE NOCASE, id);
