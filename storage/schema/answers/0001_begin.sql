-- answers.db, the anonymous side: a sealed box, and counts over ten people or more.
-- There is no row per person outside the box, no employee, team, language or hour,
-- and nothing finer than the ISO week of an opening.

CREATE TABLE epoch (
    -- Always 1: there is one epoch at a time, and no row before the first.
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Random name of the box key that ballots are sealed to; says nothing of a person.
    epoch TEXT NOT NULL CHECK (epoch <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE ballots (
    -- Random; it only keeps a ballot that is dropped again from counting twice.
    id BLOB PRIMARY KEY,
    -- One ended occasion, sealed to the box key and padded: the running bot cannot
    -- read it back, and someone who answered looks like someone never asked.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE phase_sums (
    -- Always 1: all sums lie in one ciphertext, so that none can be seen to change.
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Sums per phase over whole batches, padded, under the box key.
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE openings (
    -- ISO week in which the box was opened; never the day of an answer.
    week TEXT PRIMARY KEY CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
    -- Which opening it was, from 1: the order stays right when a clock was wrong.
    number INTEGER NOT NULL UNIQUE,
    -- How many ballots were given up after thirteen weeks; they are counted nowhere.
    destroyed INTEGER NOT NULL CHECK (destroyed >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
    -- ISO week of the opening that released it.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Content hash of a published flow; the same for everyone in the batch.
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
    -- How many of the batch chose it; the batch is ten people or more.
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
    -- One of the ways an occasion can end; the list is closed.
    outcome TEXT NOT NULL CHECK (
        outcome IN (
            'not_drawn',
            'not_opened',
            'no_reply',
            'refused',
            'withdrew',
            'broke_off',
            'complete'
        )
    ),
    -- How many occasions of the batch's span ended so.
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (week, flow, origin, outcome),
    FOREIGN KEY (week, flow, origin) REFERENCES batches (week, flow, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE digests (
    -- ISO week of the opening that it tells of.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Which kind of message; one text per opening, kind and flow.
    kind TEXT NOT NULL,
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- The message as it is sent, made of whole batches alone; never built again.
    text TEXT NOT NULL,
    -- 0 for the fixed sentence of a week without a new batch.
    has_news INTEGER NOT NULL CHECK (has_news IN (0, 1)),
    PRIMARY KEY (week, kind, flow)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    -- ISO week of the opening that the digest tells of.
    week TEXT NOT NULL,
    -- Which kind of message.
    kind TEXT NOT NULL,
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- A staff chat from the configuration; never a client's.
    recipient TEXT NOT NULL,
    -- How far the message has come.
    state TEXT NOT NULL CHECK (
        state IN ('pending', 'sending', 'sent', 'perhaps', 'dead')
    ),
    PRIMARY KEY (week, kind, flow, recipient),
    FOREIGN KEY (week, kind, flow) REFERENCES digests (week, kind, flow)
) STRICT, WITHOUT ROWID;

CREATE TABLE flows (
    -- Content hash of the published text.
    hash TEXT PRIMARY KEY,
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- Version, from 1 for each flow.
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
    -- Which published version new conversations begin with.
    hash TEXT NOT NULL REFERENCES flows (hash)
) STRICT, WITHOUT ROWID;
