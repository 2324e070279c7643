-- Who changed what and when.
CREATE TABLE journal (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL, -- unix milliseconds
    who      TEXT NOT NULL,
    action   TEXT NOT NULL,
    article  TEXT NOT NULL, -- '': the change is not of an article
    version  TEXT NOT NULL,
    revision INTEGER NOT NULL,
    detail   TEXT NOT NULL
);
CREATE INDEX journal_by_article ON journal (article);
CREATE INDEX journal_by_who ON journal (who);
CREATE INDEX journal_by_time ON journal (at);
