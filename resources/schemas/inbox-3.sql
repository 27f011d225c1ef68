-- inbox.db, step 3: fewer pages to write for each letter. Frozen once released: a change is a new step.

-- No index over the hashes: the chain is verified from entry to entry.
CREATE TABLE new_journal (
  writer    TEXT NOT NULL,
  sequence  INTEGER NOT NULL,
  at        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  number    TEXT,
  facts     TEXT,
  signer    TEXT,
  previous  TEXT NOT NULL,
  hash      TEXT NOT NULL,
  signature BLOB,
  PRIMARY KEY (writer, sequence)
) STRICT;
INSERT INTO new_journal (rowid, writer, sequence, at, kind, number, facts, signer, previous, hash, signature)
  SELECT rowid, writer, sequence, at, kind, number, facts, signer, previous, hash, signature FROM journal ORDER BY rowid;
DROP TABLE journal;
ALTER TABLE new_journal RENAME TO journal;
CREATE INDEX journal_number ON journal (number);

-- No counter beside the letters: a sequence says who came first of those that wait here, and no more.
CREATE TABLE new_letter (
  sequence     INTEGER PRIMARY KEY,
  number       TEXT NOT NULL UNIQUE CHECK (length(number) = 36),
  format       INTEGER NOT NULL,
  kiosk        TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  pages        INTEGER NOT NULL CHECK (pages > 0),
  body         BLOB NOT NULL,
  body_hash    TEXT NOT NULL CHECK (length(body_hash) = 64),
  pdf_hash     TEXT NOT NULL CHECK (length(pdf_hash) = 64)
) STRICT;
INSERT INTO new_letter SELECT sequence, number, format, kiosk, submitted_at, pages, body, body_hash, pdf_hash FROM letter;

-- The key in a table of its own, as before, at its letter's sequence: re-wrapped or destroyed without touching the body.
CREATE TABLE new_letter_key (
  sequence   INTEGER PRIMARY KEY REFERENCES new_letter ON DELETE CASCADE,
  branch_key TEXT NOT NULL,
  key        BLOB NOT NULL
) STRICT;
INSERT INTO new_letter_key SELECT l.sequence, k.branch_key, k.key FROM letter_key k JOIN letter l ON l.number = k.number;
DROP TABLE letter_key;
DROP TABLE letter;
ALTER TABLE new_letter RENAME TO letter;
ALTER TABLE new_letter_key RENAME TO letter_key;
