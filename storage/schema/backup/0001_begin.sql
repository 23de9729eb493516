-- A backup: what was released already, and nothing else.
--
-- There is no place in this file for a session, an invitation, a ballot, a sum that is
-- still sealed, a key, the name of a key, or a chat. A copy is kept longer than a week
-- and by others than the bot; what must be gone after a week must not be in it.

CREATE TABLE flows (
    -- Content hash of the published text; counts name their questions by it.
    hash TEXT PRIMARY KEY,
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- Version, from 1 for each flow; without it a number would be given out twice.
    number INTEGER NOT NULL CHECK (number >= 1),
    -- ISO week in which it went live first; a matter of the staff, not of a client.
    week TEXT NOT NULL,
    -- The published text itself, which anyone who opens the chat can read.
    definition TEXT NOT NULL,
    UNIQUE (flow, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE live (
    -- Name of the flow.
    flow TEXT PRIMARY KEY,
    -- Which published version new conversations begin with, so that they can go on.
    hash TEXT NOT NULL REFERENCES flows (hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE openings (
    -- ISO week in which the box was opened; so that no week is opened twice.
    week TEXT PRIMARY KEY CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
    -- Which opening it was, from 1: the order stays right when a clock was wrong.
    number INTEGER NOT NULL UNIQUE,
    -- How many ballots were given up after thirteen weeks; 0 for fewer than ten.
    destroyed INTEGER NOT NULL CHECK (destroyed >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
    -- ISO week of the opening that released it.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Content hash of a published flow.
    flow TEXT NOT NULL,
    -- Came by invitation or by themselves; the two are never added up.
    origin TEXT NOT NULL CHECK (origin IN ('invited', 'walk_in')),
    PRIMARY KEY (week, flow, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts (
    -- ISO week of the opening that released it.
    week TEXT NOT NULL,
    -- Content hash of a published flow.
    flow TEXT NOT NULL,
    -- Came by invitation or by themselves.
    origin TEXT NOT NULL,
    -- Name of a question in that published flow.
    question TEXT NOT NULL,
    -- One of the codes of that question, written down before anyone answered.
    code TEXT NOT NULL,
    -- How many of the batch chose it; without these every measure would start anew.
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (week, flow, origin, question, code),
    FOREIGN KEY (week, flow, origin) REFERENCES batches (week, flow, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
    -- ISO week of the opening that released it.
    week TEXT NOT NULL,
    -- Content hash of a published flow.
    flow TEXT NOT NULL,
    -- Came by invitation or by themselves.
    origin TEXT NOT NULL,
    -- One of the ways an occasion can end; the list is closed in `answers.db`.
    outcome TEXT NOT NULL,
    -- How many occasions of the batch's span ended so.
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (week, flow, origin, outcome),
    FOREIGN KEY (week, flow, origin) REFERENCES batches (week, flow, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE digests (
    -- ISO week of the opening that it tells of.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Which kind of message.
    kind TEXT NOT NULL,
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- The message as it was sent, made of whole batches alone; never built again.
    text TEXT NOT NULL,
    -- 0 for the fixed sentence of a week without a new batch.
    has_news INTEGER NOT NULL CHECK (has_news IN (0, 1)),
    PRIMARY KEY (week, kind, flow)
) STRICT, WITHOUT ROWID;
