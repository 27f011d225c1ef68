-- desk.db, step 4: what is still to go, found without reading what has gone. Frozen once released: a change is a new step.

CREATE INDEX delivery_open ON delivery (id) WHERE state IN ('prepared', 'sending', 'waiting');
