-- The record file, form 4: the same in fewer bytes. Readings and sketches of form 4 stand beside earlier ones; which
-- they are their first bytes tell.

-- Offices, each once. `held` tells which reports speak of them.
CREATE TABLE office (
  number     INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  country    TEXT NOT NULL,      -- or empty
  holder     TEXT NOT NULL,      -- as written, or empty
  UNIQUE (title, country, holder)
) STRICT;
CREATE INDEX office_by_holder ON office (holder);
CREATE TABLE held (
  office     INTEGER NOT NULL REFERENCES office,
  report     INTEGER NOT NULL REFERENCES report,
  PRIMARY KEY (office, report)
) STRICT, WITHOUT ROWID;
INSERT INTO office (title, country, holder) SELECT DISTINCT title, country, holder FROM holding;
INSERT INTO held
  SELECT o.number, h.report FROM holding h
  JOIN office o ON o.title = h.title AND o.country = h.country AND o.holder = h.holder;
DROP TABLE holding;

-- Categories of events, each once. `told` tells which reports tell them.
CREATE TABLE category (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE told (
  category   INTEGER NOT NULL REFERENCES category,
  report     INTEGER NOT NULL REFERENCES report,
  times      INTEGER NOT NULL,
  PRIMARY KEY (category, report)
) STRICT, WITHOUT ROWID;
INSERT INTO category (name) SELECT DISTINCT type FROM telling;
INSERT INTO told
  SELECT c.number, t.report, t.times FROM telling t JOIN category c ON c.name = t.type;
DROP TABLE telling;

-- Paths are looked up by hand, now and then, and are as long as all the rest of a row.
DROP INDEX report_by_path;

-- The report whose text `text` is packed by, in place of the dictionary `text`; it has none itself.
ALTER TABLE content ADD COLUMN base INTEGER REFERENCES report;
