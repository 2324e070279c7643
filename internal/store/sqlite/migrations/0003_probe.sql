-- One row that Ping writes, to see whether the disk takes writes.
CREATE TABLE probe (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);
