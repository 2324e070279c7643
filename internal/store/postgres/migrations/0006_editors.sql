-- The people of the studio. Secrets are not stored, but their SHA-256 in hex.
CREATE TABLE editors (
    name      TEXT COLLATE "C" PRIMARY KEY,
    role      TEXT NOT NULL,
    added     BIGINT NOT NULL, -- unix milliseconds, like all times here
    link      TEXT COLLATE "C" NOT NULL, -- '': there is no sign-in link
    link_ends BIGINT NOT NULL            -- 0: there is no sign-in link
);
CREATE UNIQUE INDEX editors_by_link ON editors (link) WHERE link <> '';

-- Browsers in which somebody has signed in.
CREATE TABLE sessions (
    session TEXT COLLATE "C" PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL, -- the editor's name in editors; '': she is not one of those
    name    TEXT NOT NULL,
    mark    TEXT NOT NULL,
    role    TEXT NOT NULL,
    way     TEXT NOT NULL,
    bound   TEXT NOT NULL,
    began   BIGINT NOT NULL,
    seen    BIGINT NOT NULL,
    rests   BIGINT NOT NULL,
    ends    BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
