-- desk.db, step 1: what the desk keeps. Frozen once released: a change is a new step.

CREATE TABLE branch (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  name          TEXT NOT NULL,
  created_at    TEXT NOT NULL
) STRICT;

-- The branch's key pairs, newest last. The recovery copy is the secret, encrypted under the recovery key.
CREATE TABLE branch_key (
  id         TEXT PRIMARY KEY CHECK (length(id) = 16),
  sequence   INTEGER NOT NULL UNIQUE,
  public_key BLOB NOT NULL,
  recovery   BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE banker (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL UNIQUE,
  folded        TEXT NOT NULL UNIQUE,
  staff_id      TEXT UNIQUE,
  manager       INTEGER NOT NULL CHECK (manager IN (0, 1)),
  disabled_at   TEXT,
  sign_public   BLOB NOT NULL,
  salt          BLOB NOT NULL,
  ops           INTEGER NOT NULL,
  memory        INTEGER NOT NULL,
  wrapped       BLOB NOT NULL,
  -- the throttle: tries since the last success, and the wait in boot time of that boot
  tries         INTEGER NOT NULL DEFAULT 0,
  wait_until    INTEGER NOT NULL DEFAULT 0,
  wait_seconds  INTEGER NOT NULL DEFAULT 0,
  wait_boot     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE letter (
  sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
  number       TEXT NOT NULL UNIQUE CHECK (length(number) = 36),
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'approved', 'routed', 'acknowledged',
                                              'held', 'declined', 'withdrawn', 'erased')),
  claimed_by   INTEGER REFERENCES banker (id),
  kiosk        TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  taken_at     TEXT NOT NULL,
  changed_at   TEXT NOT NULL,
  pages        INTEGER NOT NULL,
  pdf_hash     TEXT NOT NULL
) STRICT;
CREATE INDEX letter_state ON letter (state, sequence);

CREATE TABLE letter_key (
  number     TEXT PRIMARY KEY REFERENCES letter (number) ON DELETE CASCADE,
  branch_key TEXT NOT NULL REFERENCES branch_key (id),
  key        BLOB NOT NULL
) STRICT;

-- The original is the sealed body as it came (JSON and PDF); the others are PDFs encrypted with the letter's key.
CREATE TABLE document (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  number    TEXT NOT NULL REFERENCES letter (number) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('original', 'blacked-out', 'large-print', 'cover')),
  format    INTEGER NOT NULL,
  made_at   TEXT NOT NULL,
  body      BLOB NOT NULL,
  body_hash TEXT NOT NULL,
  pdf_hash  TEXT NOT NULL
) STRICT;
CREATE INDEX document_number ON document (number, kind);
CREATE UNIQUE INDEX document_original ON document (number) WHERE kind = 'original';

CREATE TABLE decision (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  number     TEXT NOT NULL REFERENCES letter (number),
  move       TEXT NOT NULL,
  state_from TEXT NOT NULL,
  state_to   TEXT NOT NULL,
  banker     INTEGER NOT NULL REFERENCES banker (id),
  at         TEXT NOT NULL,
  named      INTEGER NOT NULL CHECK (named IN (0, 1)),
  pdf_hash   TEXT NOT NULL,
  reason     BLOB,
  previous   TEXT NOT NULL,
  hash       TEXT NOT NULL UNIQUE,
  signature  BLOB NOT NULL
) STRICT;
CREATE INDEX decision_number ON decision (number, id);

CREATE TABLE delivery (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  number     TEXT NOT NULL REFERENCES letter (number),
  position   INTEGER NOT NULL,
  role       TEXT NOT NULL CHECK (role IN ('supervisor', 'employee', 'own-supervisor', 'personnel')),
  door       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('prepared', 'sending', 'handed over', 'acknowledged',
                                            'waiting', 'refused', 'unsure')),
  recipient  BLOB NOT NULL, -- encrypted with the letter's key: whom, and what was written
  cover      INTEGER NOT NULL REFERENCES document (id),
  tries      INTEGER NOT NULL DEFAULT 0,
  next_try   TEXT,
  reason     TEXT,
  changed_at TEXT NOT NULL,
  UNIQUE (number, position)
) STRICT;

-- The department in clear, by intent: counts for "first letter to this team".
CREATE TABLE routed_department (
  number     TEXT NOT NULL REFERENCES letter (number),
  department TEXT NOT NULL,
  routed_at  TEXT NOT NULL,
  PRIMARY KEY (number, department)
) STRICT;

-- One encrypted snapshot for each import.
CREATE TABLE directory (
  sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
  imported_at TEXT NOT NULL,
  source      TEXT NOT NULL,
  people      INTEGER NOT NULL,
  body        BLOB NOT NULL,
  body_hash   TEXT NOT NULL
) STRICT;

CREATE TABLE notebook (
  banker     INTEGER NOT NULL REFERENCES banker (id),
  entry      TEXT NOT NULL,
  body       BLOB NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (banker, entry)
) STRICT;

-- Passwords for mail and directory, encrypted under the branch's key.
CREATE TABLE secret (
  name TEXT PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

-- The heads of the kiosks' journals as the desk has seen them.
CREATE TABLE kiosk_head (
  writer  TEXT NOT NULL,
  count   INTEGER NOT NULL,
  hash    TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (writer, count)
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
