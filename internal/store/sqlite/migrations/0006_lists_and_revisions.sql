-- What a change of an article is compared with, and what lists are filtered by.
ALTER TABLE articles ADD COLUMN revision INTEGER NOT NULL DEFAULT 1; -- increases with each change
ALTER TABLE articles ADD COLUMN kind TEXT NOT NULL DEFAULT 'news';
ALTER TABLE articles ADD COLUMN searched TEXT NOT NULL DEFAULT ''; -- headline and URL; store.Record.Searched

-- What was said of a version when it was stored.
ALTER TABLE versions ADD COLUMN warnings TEXT NOT NULL DEFAULT ''; -- JSON; '': nothing

UPDATE articles SET (kind, searched) = (
    SELECT coalesce(json_extract(v.content, '$.kind'), 'news'),
        fold(json_extract(v.content, '$.headline') || char(10) || articles.url)
    FROM versions v WHERE v.id = articles.id AND v.version = articles.version)
WHERE EXISTS (SELECT 1 FROM versions v WHERE v.id = articles.id AND v.version = articles.version);

-- Each filter reads one of these in its order. The time of change is that of the last change, or withdrawal.
CREATE INDEX articles_by_site ON articles (site, id);
CREATE INDEX articles_by_kind ON articles (kind, id);
CREATE INDEX articles_by_change ON articles (updated, id);
CREATE INDEX articles_withdrawn ON articles (id) WHERE withdrawn = 1;
CREATE INDEX articles_embargoed ON articles (id) WHERE embargo > 0;
