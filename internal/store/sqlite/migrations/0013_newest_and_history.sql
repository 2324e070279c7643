-- The list of the newest.
CREATE INDEX articles_by_creation ON articles (created, id);

-- When which version of an article was the current one, and when it was withdrawn. A row holds until the next one.
CREATE TABLE history (
    id        TEXT NOT NULL,
    revision  INTEGER NOT NULL, -- of the article, when it began; below 1: stored by an earlier release
    version   TEXT NOT NULL,
    withdrawn INTEGER NOT NULL, -- 1: the version was the last one before
    at        INTEGER NOT NULL, -- unix milliseconds
    PRIMARY KEY (id, revision)
) WITHOUT ROWID;

-- Earlier releases know when each version was first stored. A current version that is not the last one was put again.
INSERT INTO history (id, revision, version, withdrawn, at)
    SELECT id, updated - 1000000000000000, version, 0, updated FROM versions WHERE true ON CONFLICT DO NOTHING;
INSERT INTO history (id, revision, version, withdrawn, at)
    SELECT a.id, -1, a.version, 0, a.updated FROM articles a JOIN versions v ON v.id = a.id AND v.version = a.version
    WHERE EXISTS (SELECT 1 FROM versions o WHERE o.id = a.id AND o.updated > v.updated);
INSERT INTO history (id, revision, version, withdrawn, at)
    SELECT id, 0, version, 1, updated FROM articles WHERE withdrawn = 1;
