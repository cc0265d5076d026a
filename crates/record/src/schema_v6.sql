-- The record file, form 6: what a new report is looked up by, so that it is compared with those alone that it may be
-- like. All of it follows from `sketch` and `content.base`; the newest reports are not in it yet.

-- Stretches of reports whose keys are indexed together, in order; older stretches are the longer ones.
CREATE TABLE segment (
  number     INTEGER PRIMARY KEY,
  first      INTEGER NOT NULL,   -- reports from this one
  last       INTEGER NOT NULL,   -- to this one
  earliest   INTEGER,            -- periods of 120 days, counted from 1970, in which they were published
  latest     INTEGER
) STRICT;

-- How many stories there are.
CREATE TABLE tally (stories INTEGER NOT NULL) STRICT;
INSERT INTO tally SELECT count(*) FROM placement WHERE report = story;

-- Who stands under which key, in blocks: 4 bytes of the BLAKE3 hash of the rest, then
-- crates/stories/src/postings.rs.
CREATE TABLE posting (
  place      INTEGER PRIMARY KEY, -- 2 to the power of 48 times the segment, and the block's first key
  content    BLOB NOT NULL
) STRICT;
