-- Remarks: out of the box in lots, looked at by a reviewer, published in lots. Beside a
-- text stand a flow and the week of an opening, and never anything else.

-- How many remarks were given up because they waited too long; 0 for fewer than ten.
ALTER TABLE openings ADD COLUMN remarks_destroyed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE lots (
    -- ISO week of the opening that brought the remarks out.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Name of the flow; of no version, and of no way in which people came.
    flow TEXT NOT NULL,
    -- How many remarks came out together; five or more.
    texts INTEGER NOT NULL CHECK (texts >= 5),
    -- Of how many in the same span nothing could be kept; 0 for fewer than ten.
    withheld INTEGER NOT NULL CHECK (withheld = 0 OR withheld >= 10),
    PRIMARY KEY (week, flow)
) STRICT, WITHOUT ROWID;

CREATE TABLE remarks (
    -- Random, made when the lot came out; it ties a reviewer's decision to the text.
    id BLOB PRIMARY KEY,
    -- Name of the flow, so that a remark is published with its own digest.
    flow TEXT NOT NULL,
    -- ISO week of the opening that brought its lot out: it is gone thirteen weeks later.
    week TEXT NOT NULL REFERENCES openings (week),
    -- The remark without the personal data that were found in it.
    text TEXT NOT NULL CHECK (text <> ''),
    -- 1 once a reviewer has decided that it may be shown; it then waits for four others.
    approved INTEGER NOT NULL CHECK (approved IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE published (
    -- ISO week of the opening that published it with its digest.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- Place among the others of that digest, which chance gave it.
    place INTEGER NOT NULL CHECK (place >= 1),
    -- The remark as everybody who gets the digest can read it.
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (week, flow, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
    -- Always 1: there is one count.
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- How many remarks were decided about; a matter of the staff, not of a client.
    decided INTEGER NOT NULL CHECK (decided >= 0),
    -- How many of those still named somebody: it says how well names are found.
    named INTEGER NOT NULL CHECK (named BETWEEN 0 AND decided)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_messages (
    -- A reviewers' chat from the configuration; never a client's.
    chat INTEGER NOT NULL,
    -- Number of a message in that chat, so that it can be taken away after a restart.
    message INTEGER NOT NULL,
    -- The hour by which it must be gone, a day after the staff asked for it; in hours
    -- since 1970.
    until INTEGER NOT NULL,
    -- Which remark it shows; NULL once it shows none that waits for a decision.
    remark BLOB,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
