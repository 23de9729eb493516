-- sessions.db, the identity side: sealed rows of one size, and no other thing.
-- Nothing in this file tells who, when, or in which language.

CREATE TABLE epoch (
    -- Always 1: there is one epoch at a time, and no row before the first.
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Random name of the keys that the rows are under; says nothing of a person.
    epoch TEXT NOT NULL CHECK (epoch <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    -- Made from the person by the week key alone; meaningless once that is destroyed.
    tag BLOB PRIMARY KEY,
    -- The session under the week key, padded: every row looks like every other.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    -- Made from the one-time code by the week key alone; gone once it is used.
    tag BLOB PRIMARY KEY,
    -- What the code invites to, under the week key, padded; no name, no reference.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
    -- Place in the ring of the last deliveries: no time, only which is overwritten next.
    slot INTEGER PRIMARY KEY CHECK (slot BETWEEN 0 AND 9999),
    -- The chat service's number of a delivery: says neither who nor what, and is
    -- needed to take a second delivery of the same message for what it is.
    update_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE seen_next (
    -- Always 1: the ring has one next place.
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- The place that the next delivery takes; a position, not a count of people.
    slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 9999)
) STRICT, WITHOUT ROWID;

INSERT INTO seen_next (one, slot)
VALUES (1, 0);
