-- Shares by the networks' own word: sums by article, target and five minutes.
CREATE TABLE confirmed (
    bucket INTEGER NOT NULL, -- unix seconds of its beginning
    id     TEXT NOT NULL,
    target TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (id, target, bucket)
) WITHOUT ROWID;

-- Messages that were counted, to count each once.
CREATE TABLE receipts (
    receipt TEXT PRIMARY KEY,
    at      INTEGER NOT NULL -- unix milliseconds
) WITHOUT ROWID;
CREATE INDEX receipts_by_time ON receipts (at);
