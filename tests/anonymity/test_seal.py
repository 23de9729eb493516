"""What is sealed is of one size, and only what may be counted gets into a ballot."""

import json
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.anonymity import seal
from bot.anonymity.seal import (
    BALLOT_SIZE,
    INVITATION_SIZE,
    SESSION_SIZE,
    SUMS_STEP,
    Invitation,
    Standing,
    ballot_of,
    ballot_of_unopened,
    pack_ballot,
    pack_invitation,
    pack_session,
    pack_sums,
    standing_of,
    subject_of,
    tombstone,
    unpack_ballot,
    unpack_invitation,
    unpack_session,
    unpack_sums,
)
from bot.ballots import Ballot, Cell, Outcome, PhaseSums, Sum
from bot.core.flow import Origin, Phase
from bot.core.session import LIFETIME, Session, Status
from tests.anonymity.examples import (
    HASH,
    LARGEST,
    REMARKING,
    ballots,
    complete,
    ended,
    hexes,
    invitations,
    sessions,
)
from tests.core.examples import NOON, begun

ENDED = [
    status
    for status in Status
    if status.awaits_ballot and status is not Status.REMARKED
]
"""Every ending that a ballot tells of; what a remark leaves is a ballot of its own."""
COMPLETE = (Status.COMPLETE, Status.ANSWERED)


@given(sessions)
@example(LARGEST)
@example(REMARKING)
def test_a_session_reads_back_as_it_was_from_bytes_of_one_size(
    session: Session,
) -> None:
    packed = pack_session(session)

    assert len(packed) == SESSION_SIZE
    assert unpack_session(packed) == session
    assert subject_of(packed) == session.subject
    assert standing_of(packed) == Standing(
        session.status, session.is_shown, int(session.expires_at.timestamp())
    )


@given(invitations)
def test_an_invitation_reads_back_as_it_was_from_bytes_of_one_size(
    invitation: Invitation,
) -> None:
    packed = pack_invitation(invitation)

    assert len(packed) == INVITATION_SIZE
    assert unpack_invitation(packed) == invitation


@given(ballots)
def test_a_ballot_reads_back_as_it_was_from_bytes_of_one_size(ballot: Ballot) -> None:
    packed = pack_ballot(ballot)

    assert len(packed) == BALLOT_SIZE
    assert unpack_ballot(packed) == ballot


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["2026-Q2", "2026-Q3"]),
            hexes,
            st.sampled_from(Origin).map(str),
            st.sampled_from(Phase).map(str),
        ),
        st.builds(Sum, *(st.integers(0, 10**7) for _ in fields(Sum))),
        max_size=50,
    )
)
def test_phase_sums_read_back_as_they_were_and_do_not_show_how_many_there_are(
    sums: dict[tuple[str, str, str, str], Sum],
) -> None:
    packed = pack_sums(PhaseSums(sums))

    assert len(packed) == SUMS_STEP
    assert unpack_sums(packed) == PhaseSums(sums)


def test_more_phase_sums_than_fit_take_one_step_more() -> None:
    many = {
        (f"2026-Q{n}", f"{n:032}", "invited", "intake"): Sum(n, n, n, n)
        for n in range(300)
    }

    assert len(pack_sums(PhaseSums(many))) == 2 * SUMS_STEP


def test_of_too_many_messages_the_oldest_are_forgotten() -> None:
    crowded = replace(LARGEST, messages=tuple(range(2_147_480_000, 2_147_480_900)))

    packed = pack_session(crowded)

    kept = unpack_session(packed).messages
    assert len(packed) == SESSION_SIZE
    assert 20 <= len(kept) < 900
    assert kept == crowded.messages[-len(kept) :]


def test_a_subject_no_transport_gives_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        pack_session(replace(begun(), subject="x" * SESSION_SIZE))


@given(sessions.filter(lambda session: session.status in ENDED))
def test_a_ballot_holds_nothing_that_names_a_person(session: Session) -> None:
    ballot = ballot_of(session)

    plain = json.loads(pack_ballot(ballot)[4:].rstrip(b"\0"))
    assert plain.keys() == {"cell", "phase", "outcome", "codes", "missed", "v"}
    assert ballot.cell == Cell(session.flow, session.origin)
    assert ballot.phase is session.phase
    assert set(ballot.codes) <= {code for _, code in session.answers}


@pytest.mark.parametrize("status", ENDED)
def test_only_who_answered_to_the_end_is_counted_with_answers(status: Status) -> None:
    session = replace(begun(), status=status, answers=(("counter", "7"),))

    ballot = ballot_of(session)

    assert ballot.codes == (("7",) if status in COMPLETE else ())


def test_each_ending_has_an_outcome_of_its_own() -> None:
    outcomes = {ballot_of(replace(begun(), status=status)).outcome for status in ENDED}

    # An invitation nobody opens never becomes a session.
    assert outcomes == set(Outcome) - {Outcome.NOT_OPENED}


def test_an_invitation_that_nobody_opened_counts_as_such() -> None:
    invitation = Invitation("BCDFGHJK", HASH, Phase.INTAKE, NOON, HASH)

    assert ballot_of_unopened(invitation) == Ballot(
        Cell(HASH, Origin.INVITED), Phase.INTAKE, Outcome.NOT_OPENED
    )


@given(sessions, sessions)
def test_tombstones_differ_in_nothing_but_the_chat_to_tidy(
    one: Session, other: Session
) -> None:
    ends = [
        tombstone(
            replace(
                session,
                status=Status.COMPLETE,
                subject="telegram:1",
                language="nl",
                messages=(1, 2),
                is_shown=False,
                expires_at=NOON,
            )
        )
        for session in (one, other)
    ]

    assert ends[0] == ends[1]
    assert ends[0].status is Status.CLOSED
    assert ends[0].answers == ()


@given(sessions)
def test_a_tombstone_tells_no_more_of_time_than_a_day(session: Session) -> None:
    ended = tombstone(replace(session, status=Status.EXPIRED))

    # For 48 hours after it was sent, a message can be changed.
    too_late = session.expires_at - LIFETIME + timedelta(hours=48)
    assert (ended.expires_at.hour, ended.expires_at.minute) == (0, 0)
    assert too_late < ended.expires_at <= too_late + timedelta(days=1)
    assert tombstone(ended) == ended


GOOD = json.loads(pack_ballot(complete())[4:].rstrip(b"\0"))

BAD = {
    "nothing": b"",
    "zeroes": bytes(BALLOT_SIZE),
    "no JSON": seal._pad(GOOD, BALLOT_SIZE).replace(b'"v":1', b'"v"=1'),
    "no text": seal._pad(GOOD, BALLOT_SIZE).replace(b"invited", b"\xff\xfe\xfdited"),
    "a list": seal._pad([], BALLOT_SIZE),
    "another version": seal._pad(GOOD | {"v": 2}, BALLOT_SIZE),
    "an unknown outcome": seal._pad(GOOD | {"outcome": "late"}, BALLOT_SIZE),
    "an unknown phase": seal._pad(GOOD | {"phase": ["intake"]}, BALLOT_SIZE),
    "an unknown origin": seal._pad(
        GOOD | {"cell": {"flow": HASH, "origin": None}}, BALLOT_SIZE
    ),
    "a flow that is no name": seal._pad(
        GOOD | {"cell": {"flow": [HASH], "origin": "invited"}}, BALLOT_SIZE
    ),
    "a code that is no text": seal._pad(GOOD | {"codes": [["7"]]}, BALLOT_SIZE),
    "a week that is no text": seal._pad(GOOD | {"missed": 202630}, BALLOT_SIZE),
    "a week that never was": seal._pad(GOOD | {"missed": "2025-W53"}, BALLOT_SIZE),
    "a week otherwise written": seal._pad(GOOD | {"missed": "2025xx10"}, BALLOT_SIZE),
}


@pytest.mark.parametrize("packed", BAD.values(), ids=BAD)
def test_what_is_no_ballot_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and enum have words of their own
        unpack_ballot(packed)


def test_all_outcomes_lie_in_the_box_alike() -> None:
    sizes = {len(pack_ballot(ended(outcome))) for outcome in Outcome}

    assert sizes == {len(pack_ballot(complete()))}
