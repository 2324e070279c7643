-- How many events of each spool were counted, so that none is counted twice.
CREATE TABLE spools (
    id      TEXT PRIMARY KEY,
    counted INTEGER NOT NULL, -- the number of the last event
    used    INTEGER NOT NULL  -- unix milliseconds of the latest event
) WITHOUT ROWID;
CREATE INDEX spools_by_use ON spools (used);
