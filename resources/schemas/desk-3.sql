-- desk.db, step 3: what recipients say. Frozen once released: a change is a new step.

-- A recipient was heard from. The first receipt of a delivery acknowledges it; a later one brings words.
CREATE TABLE receipt (
  number      TEXT NOT NULL REFERENCES letter (number),
  sequence    INTEGER NOT NULL, -- of the letter's receipts, from 1
  position    INTEGER NOT NULL, -- of the delivery
  heard_on    TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  source      TEXT NOT NULL CHECK (source IN ('banker', 'reply')),
  body        BLOB NOT NULL, -- encrypted with the letter's key: the message back, and which reply it was read from
  PRIMARY KEY (number, sequence),
  FOREIGN KEY (number, position) REFERENCES delivery (number, position)
) STRICT;

-- The delivery of the same letter after whose silence this one was prepared; NULL where the plan has it.
ALTER TABLE delivery ADD COLUMN after_position INTEGER;
