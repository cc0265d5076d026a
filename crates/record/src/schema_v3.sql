-- The record file, form 3: what pages show of the layout of their outlets.

CREATE TABLE outlet_page (
  host       TEXT NOT NULL,
  page       BLOB NOT NULL CHECK (length(page) = 32), -- BLAKE3 of the raw bytes
  traits     TEXT NOT NULL,      -- JSON
  PRIMARY KEY (host, page)
) STRICT, WITHOUT ROWID;
