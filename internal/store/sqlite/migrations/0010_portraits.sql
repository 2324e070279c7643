-- Which versions show a photo as their portrait: by its ID, or because the article names it and it was not stored yet.
CREATE INDEX versions_by_portrait
    ON versions (coalesce(json_extract(content, '$.portrait_id'), json_extract(content, '$.portrait.url')))
    WHERE coalesce(json_extract(content, '$.portrait_id'), json_extract(content, '$.portrait.url')) IS NOT NULL;
