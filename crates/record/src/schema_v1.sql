-- The record file, form 1. Never changed once released: later forms are reached by migrations.

-- Reports, in order of arrival.
CREATE TABLE report (
  number     INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32), -- BLAKE3 of the raw bytes
  form       TEXT NOT NULL CHECK (form IN ('text', 'page', 'row')),
  path       TEXT NOT NULL,      -- under which it was first added
  url        TEXT,
  title      TEXT,
  outlet     TEXT,
  language   TEXT NOT NULL,
  first_day  TEXT,               -- publication, ISO 8601
  last_day   TEXT,
  added      INTEGER NOT NULL    -- milliseconds since 1970, UTC
) STRICT;
CREATE INDEX report_by_outlet ON report (outlet);
CREATE INDEX report_by_day ON report (first_day);
CREATE INDEX report_by_url ON report (url) WHERE url IS NOT NULL;
CREATE INDEX report_by_path ON report (path);

-- Further paths under which the same bytes were added.
CREATE TABLE sighting (
  report     INTEGER NOT NULL REFERENCES report,
  path       TEXT NOT NULL,
  added      INTEGER NOT NULL,
  PRIMARY KEY (report, path)
) STRICT, WITHOUT ROWID;

-- What the frames of `content` and `reading` were compressed with: `text` and `reading`.
CREATE TABLE dictionary (
  name       TEXT PRIMARY KEY,
  content    BLOB NOT NULL
) STRICT;

-- Compressed with zstd (RFC 8878), each frame with its checksum.
CREATE TABLE content (
  report     INTEGER PRIMARY KEY REFERENCES report,
  text       BLOB NOT NULL,      -- the report's text, UTF-8, by dictionary `text`
  raw        BLOB                -- the raw bytes, `text` being the dictionary; NULL: they are the text
) STRICT;

-- What was read in a report, and by which reader. A later reading stands beside the earlier.
CREATE TABLE reading (
  report     INTEGER NOT NULL REFERENCES report,
  made       INTEGER NOT NULL,
  reader     TEXT NOT NULL,
  content    BLOB NOT NULL,      -- zstd by dictionary `reading`; the form of crates/record/src/wire
  PRIMARY KEY (report, made)
) STRICT;

-- Full text of titles and articles. The text itself is in `content`.
CREATE VIRTUAL TABLE words USING fts5 (
  title, body, content = '', tokenize = 'unicode61 remove_diacritics 0'
);

-- Names as written.
CREATE TABLE name (
  number     INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  country    TEXT,               -- ISO 3166-1 alpha-3
  UNIQUE (kind, name)
) STRICT;
CREATE TABLE naming (
  name       INTEGER NOT NULL REFERENCES name,
  report     INTEGER NOT NULL REFERENCES report,
  times      INTEGER NOT NULL,
  PRIMARY KEY (name, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE name_word (
  word       TEXT NOT NULL,      -- in lower case
  name       INTEGER NOT NULL REFERENCES name,
  PRIMARY KEY (word, name)
) STRICT, WITHOUT ROWID;

-- Written words by what they sound like: words of names, and words with letters beyond a to z.
CREATE TABLE spelling (
  sounds     TEXT NOT NULL,
  word       TEXT NOT NULL,
  PRIMARY KEY (sounds, word)
) STRICT, WITHOUT ROWID;

-- Offices that a report speaks of.
CREATE TABLE holding (
  title      TEXT NOT NULL,
  country    TEXT NOT NULL,      -- or empty
  holder     TEXT NOT NULL,      -- as written, or empty
  report     INTEGER NOT NULL REFERENCES report,
  PRIMARY KEY (title, country, holder, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX holding_by_holder ON holding (holder);

-- Event categories that a report tells.
CREATE TABLE telling (
  type       TEXT NOT NULL,
  report     INTEGER NOT NULL REFERENCES report,
  times      INTEGER NOT NULL,
  PRIMARY KEY (type, report)
) STRICT, WITHOUT ROWID;

-- What of a report is compared with other reports, and how it is like those that came before it.
CREATE TABLE sketch (
  report     INTEGER PRIMARY KEY REFERENCES report,
  content    BLOB NOT NULL,
  likes      BLOB NOT NULL       -- rows of report u32, event, story, carried u16 in 1/65535; little endian
) STRICT;

-- Event and story of a report, each by the report that gives it its name.
CREATE TABLE placement (
  report     INTEGER PRIMARY KEY REFERENCES report,
  event      INTEGER NOT NULL REFERENCES report,
  story      INTEGER NOT NULL REFERENCES report
) STRICT;
CREATE INDEX placement_by_story ON placement (story);

-- Records made of stories; a cache, kept by what they were made of.
CREATE TABLE collation (
  story      INTEGER PRIMARY KEY REFERENCES report,
  made_of    BLOB NOT NULL,
  content    BLOB NOT NULL       -- zstd; JSON of the contract without the reports
) STRICT;
CREATE TABLE conflict (
  story      INTEGER NOT NULL REFERENCES report,
  number     INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  verdict    TEXT NOT NULL,
  report     INTEGER NOT NULL REFERENCES report,
  PRIMARY KEY (story, number, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_by_kind ON conflict (kind, report);

-- What people decided. Rows are added and never changed; a decision is undone by a later row.
CREATE TABLE judgement (
  number     INTEGER PRIMARY KEY,
  made       INTEGER NOT NULL,
  by         TEXT NOT NULL,
  kind       TEXT NOT NULL,      -- accept, reject, merge, split, correct, undo
  subject    TEXT NOT NULL,      -- JSON: what it is about, by report ids and spans
  value      TEXT NOT NULL,      -- JSON
  reason     TEXT NOT NULL,
  undoes     INTEGER REFERENCES judgement
) STRICT;
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'a judgement is never changed; add one that undoes it'); END;
CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement
BEGIN SELECT RAISE(ABORT, 'a judgement is never deleted; add one that undoes it'); END;
