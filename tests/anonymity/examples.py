"""Flows, sessions and ballots at the limits of what may be."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from hypothesis import strategies as st

from bot.anonymity import Invitation
from bot.ballots import Ballot, Cell, Outcome
from bot.core.codes import make
from bot.core.draft import LONGEST_CODE, LONGEST_NAME
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.session import Session, Status
from bot.core.weeks import week_after
from bot.remarks import Scrubbed, Withheld
from tests.core.examples import FLOW

WEEK = "2026-W30"
HASH = "0123456789abcdef0123456789abcdef"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAR = 4_102_444_800
"""The year 2100, in seconds."""

hexes = st.binary(min_size=16, max_size=16).map(bytes.hex)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789_"
names = st.text(_LETTERS, min_size=1, max_size=LONGEST_NAME)
codes = st.text(_LETTERS, min_size=1, max_size=LONGEST_CODE)
moments = st.integers(0, FAR).map(lambda s: datetime.fromtimestamp(s, UTC))
weeks = st.integers(0, 3000).map(lambda n: week_after("2000-W01", n))

subjects = st.one_of(
    st.integers(1, 10**16).map(lambda n: f"telegram:{n}"),
    st.integers(1, 10**13).map(lambda n: f"telegram:-100{n}"),
    st.just("console:1"),
)
sessions = st.builds(
    Session,
    subject=subjects,
    ballot=hexes,
    nonce=st.binary(min_size=6, max_size=6).map(bytes.hex),
    flow=hexes,
    origin=st.sampled_from(Origin),
    phase=st.sampled_from(Phase),
    language=st.sampled_from(["nl", "en", "ar", "tr", "ckb"]),
    expires_at=moments,
    status=st.sampled_from(Status),
    at=st.none() | names,
    answers=st.lists(st.tuples(names, codes), max_size=4).map(tuple),
    misread=st.integers(0, 2),
    messages=st.lists(st.integers(1, 2**31 - 1), max_size=20).map(tuple),
    is_shown=st.booleans(),
    remark_ballot=hexes,
    remark=st.one_of(
        st.none(),
        st.sampled_from(Withheld),
        st.builds(
            Scrubbed,
            st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=500),
            st.integers(0, 99),
        ),
    ),
    has_chosen=st.booleans(),
    was_offered=st.booleans(),
)
invitations = st.builds(
    Invitation,
    code=st.binary(min_size=16, max_size=16).map(make),
    flow=hexes,
    phase=st.sampled_from(Phase),
    expires_at=moments,
    ballot=hexes,
)
ballots = st.builds(
    Ballot,
    cell=st.builds(Cell, hexes, st.sampled_from(Origin)),
    phase=st.sampled_from(Phase),
    outcome=st.sampled_from(Outcome),
    codes=st.lists(codes, max_size=4).map(tuple),
    missed=st.none() | weeks,
)

LARGEST = Session(
    subject="telegram:-1009999999999999",
    ballot=HASH,
    nonce="ABCDEFGHIJKL",
    flow=HASH,
    origin=Origin.WALK_IN,
    phase=Phase.FIRST_CONTACT,
    language="ckb",
    expires_at=datetime(2099, 12, 31, tzinfo=UTC),
    status=Status.BROKE_OFF,
    at="q" * LONGEST_NAME,
    answers=tuple((f"{n}".rjust(LONGEST_NAME, "q"), "c" * 20) for n in range(4)),
    misread=2,
    messages=tuple(range(2_147_483_600, 2_147_483_620)),
    remark_ballot=HASH,
    has_chosen=True,
    was_offered=True,
)
"""Everything at its longest: four names of 32, codes of 20, twenty messages."""

REMARKING = replace(
    LARGEST,
    ballot="",
    status=Status.REMARKING,
    at=None,
    answers=(),
    remark=Scrubbed("😀" * 500, 99),
)
"""With the longest remark, of which no answer is left."""


def valid_codes(flow: FlowDefinition) -> st.SearchStrategy[tuple[str, ...]]:
    """Give a complete answer to a flow, whether or not its conditions agree."""
    return st.tuples(
        *(
            st.sampled_from(
                [
                    *question.codes,
                    *([OPT_OUT] if question.opt_out else []),
                    *([NOT_ASKED] if question.only_if else []),
                ]
            )
            for question in flow.questions
        )
    )


def complete(
    *answers: str,
    flow: FlowDefinition = FLOW,
    origin: Origin = Origin.INVITED,
    phase: Phase = Phase.INTAKE,
    missed: str | None = None,
) -> Ballot:
    return Ballot(
        Cell(flow.content_hash, origin),
        phase,
        Outcome.COMPLETE,
        answers or ("7", NOT_ASKED, "agree", "yes"),
        missed,
    )


def ended(
    outcome: Outcome, flow: FlowDefinition = FLOW, origin: Origin = Origin.INVITED
) -> Ballot:
    return Ballot(Cell(flow.content_hash, origin), Phase.INTAKE, outcome)
