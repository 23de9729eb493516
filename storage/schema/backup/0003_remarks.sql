-- Remarks as they were published. Those that nobody has looked at, and those that wait
-- for company, have no place here: they must be gone after thirteen weeks.

-- How many remarks were given up because they waited too long; 0 for fewer than ten.
ALTER TABLE openings ADD COLUMN remarks_destroyed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE published (
    -- ISO week of the opening that published it with its digest.
    week TEXT NOT NULL REFERENCES openings (week),
    -- Name of the flow.
    flow TEXT NOT NULL,
    -- Place among the others of that digest, which chance gave it.
    place INTEGER NOT NULL CHECK (place >= 1),
    -- The remark as it was published.
    text TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (week, flow, place)
) STRICT, WITHOUT ROWID;
