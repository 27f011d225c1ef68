-- inbox.db, step 4: the client's slip, and what its code is guarded by. Frozen once released: a change is a new step.

-- Nothing was ever written into these two.
DROP TABLE request;
DROP TABLE slip;

-- The slip that a client took away: where the letter is, as may be told to whoever knows the code. Of the code there is
-- only a hash, keyed with what does not lie in this file. No index over it: a client can wait for a walk.
CREATE TABLE slip (
  sequence   INTEGER PRIMARY KEY,
  number     TEXT NOT NULL UNIQUE CHECK (length(number) = 36),
  code_hash  TEXT NOT NULL CHECK (length(code_hash) = 64),
  state      TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

-- What a client asks of the desk, which carries it out and answers. One for a letter: the last that was asked.
CREATE TABLE request (
  sequence    INTEGER PRIMARY KEY,
  number      TEXT NOT NULL UNIQUE REFERENCES slip (number),
  kind        TEXT NOT NULL CHECK (kind IN ('withdraw', 'erase')),
  asked_at    TEXT NOT NULL,
  answer      TEXT,
  answered_at TEXT
) STRICT;

-- The row of the desk's journal up to which the slips have been told.
CREATE TABLE told (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  entry INTEGER NOT NULL
) STRICT;

-- Tries at codes in a row, counted before each is checked: "slip", and what else a code guards at the kiosk.
CREATE TABLE throttle (
  guards       TEXT PRIMARY KEY,
  tries        INTEGER NOT NULL,
  wait_until   INTEGER NOT NULL,
  wait_seconds INTEGER NOT NULL,
  wait_boot    TEXT NOT NULL
) STRICT;
