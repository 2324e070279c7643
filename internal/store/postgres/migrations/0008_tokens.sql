-- The API tokens. Secrets are not stored, but their SHA-256 in hex. Revoked tokens stay, for the list.
CREATE TABLE tokens (
    id      TEXT COLLATE "C" PRIMARY KEY,
    name    TEXT COLLATE "C" NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL,
    scopes  TEXT NOT NULL,   -- separated by commas
    site    TEXT NOT NULL,   -- '': all
    made    BIGINT NOT NULL, -- unix milliseconds, like all times here
    ends    BIGINT NOT NULL, -- 0: never
    used    BIGINT NOT NULL, -- 0: never
    revoked BIGINT NOT NULL  -- 0: it is not
);
CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash);
CREATE UNIQUE INDEX tokens_by_name ON tokens (name) WHERE revoked = 0;
