-- A conversation's line in the inbox and its unread texts, found without reading the whole conversation.

CREATE INDEX communications_conversation_line ON communications (conversation_id) WHERE kind = 'text' AND is_listed = 1;
CREATE INDEX communications_conversation_unread ON communications (conversation_id)
    WHERE kind = 'text' AND is_read = 0;
