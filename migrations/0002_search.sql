-- Full-text search. The indexes hold no copies of the text (external content) and are kept by triggers, so no write
-- can forget them.

CREATE VIRTUAL TABLE communications_text USING fts5 (
    body, caller_id_name,
    content = 'communications', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER communications_text_insert AFTER INSERT ON communications
WHEN new.body IS NOT NULL OR new.caller_id_name IS NOT NULL BEGIN
    INSERT INTO communications_text (rowid, body, caller_id_name) VALUES (new.id, new.body, new.caller_id_name);
END;

CREATE TRIGGER communications_text_delete AFTER DELETE ON communications
WHEN old.body IS NOT NULL OR old.caller_id_name IS NOT NULL BEGIN
    INSERT INTO communications_text (communications_text, rowid, body, caller_id_name)
    VALUES ('delete', old.id, old.body, old.caller_id_name);
END;

CREATE TRIGGER communications_text_update_away AFTER UPDATE OF body, caller_id_name ON communications
WHEN (old.body IS NOT NULL OR old.caller_id_name IS NOT NULL)
    AND (old.body IS NOT new.body OR old.caller_id_name IS NOT new.caller_id_name) BEGIN
    INSERT INTO communications_text (communications_text, rowid, body, caller_id_name)
    VALUES ('delete', old.id, old.body, old.caller_id_name);
    INSERT INTO communications_text (rowid, body, caller_id_name)
    SELECT new.id, new.body, new.caller_id_name WHERE new.body IS NOT NULL OR new.caller_id_name IS NOT NULL;
END;

CREATE TRIGGER communications_text_update_in AFTER UPDATE OF body, caller_id_name ON communications
WHEN old.body IS NULL AND old.caller_id_name IS NULL
    AND (new.body IS NOT NULL OR new.caller_id_name IS NOT NULL) BEGIN
    INSERT INTO communications_text (rowid, body, caller_id_name) VALUES (new.id, new.body, new.caller_id_name);
END;

INSERT INTO communications_text (rowid, body, caller_id_name)
SELECT id, body, caller_id_name FROM communications WHERE body IS NOT NULL OR caller_id_name IS NOT NULL;

CREATE VIRTUAL TABLE contacts_text USING fts5 (
    name, company, job_title, keywords, notes,
    content = 'contacts', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER contacts_text_insert AFTER INSERT ON contacts BEGIN
    INSERT INTO contacts_text (rowid, name, company, job_title, keywords, notes)
    VALUES (new.id, new.name, new.company, new.job_title, new.keywords, new.notes);
END;

CREATE TRIGGER contacts_text_delete AFTER DELETE ON contacts BEGIN
    INSERT INTO contacts_text (contacts_text, rowid, name, company, job_title, keywords, notes)
    VALUES ('delete', old.id, old.name, old.company, old.job_title, old.keywords, old.notes);
END;

CREATE TRIGGER contacts_text_update AFTER UPDATE OF name, company, job_title, keywords, notes ON contacts BEGIN
    INSERT INTO contacts_text (contacts_text, rowid, name, company, job_title, keywords, notes)
    VALUES ('delete', old.id, old.name, old.company, old.job_title, old.keywords, old.notes);
    INSERT INTO contacts_text (rowid, name, company, job_title, keywords, notes)
    VALUES (new.id, new.name, new.company, new.job_title, new.keywords, new.notes);
END;

INSERT INTO contacts_text (rowid, name, company, job_title, keywords, notes)
SELECT id, name, company, job_title, keywords, notes FROM contacts;

-- Every number that was ever seen, once, so that a fragment is looked for among numbers and not among calls.
CREATE TABLE known_numbers (
    id   INTEGER NOT NULL PRIMARY KEY,
    e164 TEXT NOT NULL UNIQUE
) STRICT;

CREATE VIRTUAL TABLE known_numbers_fragments USING fts5 (
    e164,
    content = 'known_numbers', content_rowid = 'id',
    tokenize = 'trigram'
);

CREATE TRIGGER known_numbers_insert AFTER INSERT ON known_numbers BEGIN
    INSERT INTO known_numbers_fragments (rowid, e164) VALUES (new.id, new.e164);
END;

CREATE TRIGGER communications_number_insert AFTER INSERT ON communications WHEN new.e164 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO known_numbers (e164) VALUES (new.e164);
END;

CREATE TRIGGER communications_number_update AFTER UPDATE OF e164 ON communications WHEN new.e164 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO known_numbers (e164) VALUES (new.e164);
END;

CREATE TRIGGER contact_numbers_insert AFTER INSERT ON contact_numbers WHEN new.e164 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO known_numbers (e164) VALUES (new.e164);
END;

CREATE TRIGGER contact_numbers_update AFTER UPDATE OF e164 ON contact_numbers WHEN new.e164 IS NOT NULL BEGIN
    INSERT OR IGNORE INTO known_numbers (e164) VALUES (new.e164);
END;

INSERT OR IGNORE INTO known_numbers (e164)
SELECT e164 FROM communications WHERE e164 IS NOT NULL
UNION SELECT e164 FROM contact_numbers WHERE e164 IS NOT NULL;
