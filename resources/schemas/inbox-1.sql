-- inbox.db, step 1: what the kiosk writes. Frozen once released: a change is a new step.

CREATE TABLE letter (
  sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
  number       TEXT NOT NULL UNIQUE CHECK (length(number) = 36),
  format       INTEGER NOT NULL,
  kiosk        TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  pages        INTEGER NOT NULL CHECK (pages > 0),
  body         BLOB NOT NULL,
  body_hash    TEXT NOT NULL CHECK (length(body_hash) = 64),
  pdf_hash     TEXT NOT NULL CHECK (length(pdf_hash) = 64)
) STRICT;

-- The key in a table of its own: re-wrapped or destroyed without touching the body.
CREATE TABLE letter_key (
  number     TEXT PRIMARY KEY REFERENCES letter (number) ON DELETE CASCADE,
  branch_key TEXT NOT NULL,
  key        BLOB NOT NULL
) STRICT;

-- What a client may ask for with the code of the slip; codes are kept as keyed hashes only.
CREATE TABLE request (
  sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
  code_hash TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('withdraw', 'erase')),
  asked_at  TEXT NOT NULL
) STRICT;

CREATE TABLE slip (
  code_hash  TEXT PRIMARY KEY,
  number     TEXT NOT NULL UNIQUE,
  state      TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

-- In clear, by intent: what the kiosk offers to choose from.
CREATE TABLE department (
  name TEXT PRIMARY KEY
) STRICT;

CREATE TABLE journal (
  writer    TEXT NOT NULL,
  sequence  INTEGER NOT NULL,
  at        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  number    TEXT,
  facts     TEXT,
  signer    TEXT,
  previous  TEXT NOT NULL,
  hash      TEXT NOT NULL UNIQUE,
  signature BLOB,
  PRIMARY KEY (writer, sequence)
) STRICT;
CREATE INDEX journal_number ON journal (number);
