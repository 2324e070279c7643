-- Requests to short links that were not counted: sums by article, reason and five minutes.
CREATE TABLE uncounted (
    bucket INTEGER NOT NULL, -- unix seconds of its beginning
    id     TEXT NOT NULL,
    reason TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (id, bucket, reason)
) WITHOUT ROWID;
CREATE INDEX uncounted_by_time ON uncounted (bucket);

-- How many clicks of each network were counted in the hour, to limit its share.
CREATE TABLE networks (
    hour   INTEGER NOT NULL, -- unix seconds of its beginning
    id     TEXT NOT NULL,
    shared INTEGER NOT NULL, -- 0: the story was opened; 1: it was shared
    counts BLOB NOT NULL,    -- store.NetworkCounts
    PRIMARY KEY (hour, id, shared)
);

-- The key under which visitors and networks are hashed: one row, which each day replaces.
CREATE TABLE daily_key (
    id  INTEGER PRIMARY KEY,
    day TEXT NOT NULL, -- YYYY-MM-DD, UTC
    key BLOB NOT NULL
);
