-- How often an article was withdrawn: a PUT that began before that stores nothing.
ALTER TABLE articles ADD COLUMN withdrawals INTEGER NOT NULL DEFAULT 0;

-- Photos that are never shown again.
CREATE TABLE withdrawn_photos (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which processes learn of them
    photo_id TEXT NOT NULL UNIQUE,
    at       INTEGER NOT NULL -- unix milliseconds
);

-- Which versions show a photo: by its ID, or because the article names it and it was not stored yet.
CREATE INDEX versions_by_photo ON versions (photo_id);
CREATE INDEX versions_by_named_photo ON versions (json_extract(content, '$.photo.url')) WHERE photo_id = '';
