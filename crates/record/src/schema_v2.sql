-- The record file, form 2: when pages were fetched, and what is watched.

ALTER TABLE report ADD COLUMN retrieved TEXT;  -- when it was fetched from the web, ISO 8601

-- Feeds, lists of feeds and sitemaps that are watched.
CREATE TABLE source (
  url        TEXT PRIMARY KEY,
  etag       TEXT,               -- as the server gave them, for the next request
  modified   TEXT,
  failures   INTEGER NOT NULL,   -- in a row
  due        INTEGER NOT NULL    -- when it may be asked for again, milliseconds since 1970
) STRICT, WITHOUT ROWID;

-- Pages that sources listed.
CREATE TABLE listed (
  url        TEXT PRIMARY KEY,
  source     TEXT NOT NULL,      -- which listed it first
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'added', 'given up')),
  failures   INTEGER NOT NULL,
  due        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_by_due ON listed (due) WHERE state = 'waiting';
