-- inbox.db, step 5: which kiosks staff have closed. Frozen once released: a change is a new step.

CREATE TABLE closed (
  kiosk     TEXT PRIMARY KEY,
  closed_at TEXT NOT NULL
) STRICT;
