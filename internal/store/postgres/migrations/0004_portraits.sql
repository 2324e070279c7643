-- Which versions show a photo as their portrait: by its ID, or because the article names it and it was not stored yet.
CREATE INDEX versions_by_portrait
    ON versions USING hash ((coalesce(content::json #>> '{portrait_id}', content::json #>> '{portrait,url}')));
