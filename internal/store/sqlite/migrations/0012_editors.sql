-- The people of the studio. Secrets are not stored, but their SHA-256 in hex.
CREATE TABLE editors (
    name      TEXT PRIMARY KEY,
    role      TEXT NOT NULL,
    added     INTEGER NOT NULL, -- unix milliseconds, like all times here
    link      TEXT NOT NULL,    -- '': there is no sign-in link
    link_ends INTEGER NOT NULL  -- 0: there is no sign-in link
) WITHOUT ROWID;
CREATE UNIQUE INDEX editors_by_link ON editors (link) WHERE link <> '';

-- Browsers in which somebody has signed in.
CREATE TABLE sessions (
    session TEXT PRIMARY KEY,
    account TEXT NOT NULL, -- the editor's name in editors; '': she is not one of those
    name    TEXT NOT NULL,
    mark    TEXT NOT NULL,
    role    TEXT NOT NULL,
    way     TEXT NOT NULL,
    bound   TEXT NOT NULL,
    began   INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    rests   INTEGER NOT NULL,
    ends    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);
