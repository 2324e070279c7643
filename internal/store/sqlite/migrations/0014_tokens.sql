-- The API tokens. Secrets are not stored, but their SHA-256 in hex. Revoked tokens stay, for the list.
CREATE TABLE tokens (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    scopes  TEXT NOT NULL,    -- separated by commas
    site    TEXT NOT NULL,    -- '': all
    made    INTEGER NOT NULL, -- unix milliseconds, like all times here
    ends    INTEGER NOT NULL, -- 0: never
    used    INTEGER NOT NULL, -- 0: never
    revoked INTEGER NOT NULL  -- 0: it is not
) WITHOUT ROWID;
CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash);
CREATE UNIQUE INDEX tokens_by_name ON tokens (name) WHERE revoked = 0;
