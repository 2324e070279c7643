-- Articles: one row each, withdrawn ones too, since their codes stay taken.
CREATE TABLE articles (
    id        TEXT PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    version   TEXT NOT NULL,
    url       TEXT NOT NULL,
    site      TEXT NOT NULL,
    embargo   INTEGER NOT NULL, -- unix seconds; 0: none
    created   INTEGER NOT NULL, -- unix milliseconds
    updated   INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX articles_by_url ON articles (url, updated);

-- Versions: what each showed. They are never changed, but for a photo that was missing.
CREATE TABLE versions (
    id       TEXT NOT NULL,
    version  TEXT NOT NULL,
    content  TEXT NOT NULL, -- JSON
    photo_id TEXT NOT NULL,
    updated  INTEGER NOT NULL,
    PRIMARY KEY (id, version)
) WITHOUT ROWID;

-- Clicks: sums by article, target and five minutes. Target '' is the story itself.
CREATE TABLE clicks (
    bucket INTEGER NOT NULL, -- unix seconds of its beginning
    id     TEXT NOT NULL,
    target TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (bucket, id, target)
) WITHOUT ROWID;
CREATE INDEX clicks_by_article ON clicks (id, bucket);

-- Who tapped what lately, to count once a window.
CREATE TABLE seen (
    visitor BLOB NOT NULL,
    id      TEXT NOT NULL,
    target  TEXT NOT NULL,
    at      INTEGER NOT NULL, -- unix milliseconds
    PRIMARY KEY (visitor, id, target)
) WITHOUT ROWID;
CREATE INDEX seen_by_time ON seen (at);
