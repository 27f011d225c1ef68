-- desk.db, step 2: keys that change. Frozen once released: a change is a new step.

-- A banker's earlier signing keys, oldest first: what was signed with them stays checkable.
CREATE TABLE banker_key (
  banker      INTEGER NOT NULL REFERENCES banker (id),
  sequence    INTEGER NOT NULL,
  sign_public BLOB NOT NULL CHECK (length(sign_public) = 32),
  until       TEXT NOT NULL,
  PRIMARY KEY (banker, sequence)
) STRICT;

-- A new branch key's secret on its way to a banker, whose next sign-in takes it: sealed to the banker's own key, and
-- that encrypted under the branch's key before it.
CREATE TABLE branch_key_share (
  banker     INTEGER NOT NULL REFERENCES banker (id),
  branch_key TEXT NOT NULL REFERENCES branch_key (id),
  sealed     BLOB NOT NULL,
  PRIMARY KEY (banker, branch_key)
) STRICT;
