-- Clicks by story, of an hour and of a day (UTC): the top of longer windows.
CREATE TABLE story_1h (
    bucket INTEGER NOT NULL, -- unix seconds of its beginning
    id     TEXT NOT NULL,
    opened INTEGER NOT NULL,
    shared INTEGER NOT NULL,
    PRIMARY KEY (bucket, id)
) WITHOUT ROWID;
CREATE TABLE story_1d (
    bucket INTEGER NOT NULL,
    id     TEXT NOT NULL,
    opened INTEGER NOT NULL,
    shared INTEGER NOT NULL,
    PRIMARY KEY (bucket, id)
) WITHOUT ROWID;

-- Clicks of an hour by share target, the story first: the statistics of one story.
CREATE TABLE target_1h (
    id     TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    target TEXT NOT NULL, -- '': the story itself
    n      INTEGER NOT NULL,
    PRIMARY KEY (id, bucket, target)
) WITHOUT ROWID;
CREATE INDEX target_1h_by_time ON target_1h (bucket);

-- Each row is added by itself: sorting millions of them takes hundreds of megabytes.
INSERT INTO story_1h (bucket, id, opened, shared)
    SELECT bucket / 3600 * 3600, id, iif(target = '', n, 0), iif(target = '', 0, n) FROM clicks WHERE true
    ON CONFLICT (bucket, id) DO UPDATE SET opened = opened + excluded.opened, shared = shared + excluded.shared;
INSERT INTO story_1d (bucket, id, opened, shared)
    SELECT bucket / 86400 * 86400, id, opened, shared FROM story_1h WHERE true
    ON CONFLICT (bucket, id) DO UPDATE SET opened = opened + excluded.opened, shared = shared + excluded.shared;
INSERT INTO target_1h (id, bucket, target, n)
    SELECT id, bucket / 3600 * 3600, target, n FROM clicks WHERE true
    ON CONFLICT (id, bucket, target) DO UPDATE SET n = n + excluded.n;

-- Requests that were not counted, by hours.
CREATE TABLE uncounted_1h (
    bucket INTEGER NOT NULL,
    id     TEXT NOT NULL,
    reason TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (id, bucket, reason)
) WITHOUT ROWID;
INSERT INTO uncounted_1h (bucket, id, reason, n)
    SELECT bucket / 3600 * 3600, id, reason, n FROM uncounted WHERE true
    ON CONFLICT (id, bucket, reason) DO UPDATE SET n = n + excluded.n;
DROP TABLE uncounted;
CREATE INDEX uncounted_1h_by_time ON uncounted_1h (bucket);

-- One row: from when on there are sums of five minutes. Older ones are in those of hours alone.
CREATE TABLE recent (
    id    INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
);
INSERT INTO recent (id, since) SELECT 1, coalesce(max(bucket) / 3600 * 3600 - 7200, 0) FROM clicks;
DELETE FROM clicks WHERE bucket < (SELECT since FROM recent);
