-- inbox.db, step 2: whom the kiosk may seal for. Frozen once released: a change is a new step.

-- The branch's keys, as the desk has written them; empty until a banker has signed in: nothing to compare with.
CREATE TABLE accepted_key (
  id          TEXT PRIMARY KEY CHECK (length(id) = 16),
  accepted_at TEXT NOT NULL
) STRICT;
