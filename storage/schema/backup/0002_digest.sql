-- What the digest needs beside the counts. All of it was published, or is meant to be.

-- What stands on the picture that goes with the message; it was sent with it.
ALTER TABLE digests ADD COLUMN picture TEXT NOT NULL DEFAULT '';

CREATE TABLE baselines (
    -- ISO week in which somebody of the staff decided on a new nulmeting.
    week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- Name of the question; without it verdicts would be against the old nulmeting.
    question TEXT NOT NULL,
    -- Why, in the words that the digest prints.
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (week, flow, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE deeds (
    -- ISO week in which it was noted.
    week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
    -- What was done with the results; it was noted to be published.
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (week, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE phase_figures (
    -- ISO week of the opening that released it.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Content hash of a published flow that asks the question as it was answered.
    flow TEXT NOT NULL,
    -- Name of a question in that flow.
    question TEXT NOT NULL,
    -- Came by invitation or by themselves.
    origin TEXT NOT NULL CHECK (origin IN ('invited', 'walk_in')),
    -- One of the phases of that flow.
    phase TEXT NOT NULL CHECK (phase IN ('first_contact', 'intake', 'after_award')),
    -- First quarter of the answers.
    since TEXT NOT NULL,
    -- Last quarter of the answers.
    until TEXT NOT NULL,
    -- How many people answered; twenty or more.
    n INTEGER NOT NULL CHECK (n >= 20),
    -- The sum of their grades, or how many chose the positive side.
    total INTEGER NOT NULL,
    -- The sum of the squares, for the range around the mean.
    squares INTEGER NOT NULL,
    PRIMARY KEY (week, flow, question, origin, phase)
) STRICT, WITHOUT ROWID;
