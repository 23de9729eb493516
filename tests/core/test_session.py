"""A session knows whether it is open, and which answer was given."""

from dataclasses import replace

from bot.core.session import Status
from tests.core.examples import YES, after, begun, taps


def test_a_session_gives_its_answers_by_question() -> None:
    session = after(YES, taps("counter", "8"))
    assert session.answer("counter") == "8"
    assert session.answer("agreed") is None


def test_three_states_are_open_and_all_but_a_tombstone_await_a_ballot() -> None:
    assert {s for s in Status if s.is_open} == {
        Status.INTRO,
        Status.ASKING,
        Status.REMARKING,
    }
    assert {s for s in Status if s.awaits_ballot} == {
        Status.COMPLETE,
        Status.DECLINED,
        Status.STOPPED,
        Status.EXPIRED,
        Status.BROKE_OFF,
        Status.NOT_DRAWN,
        Status.ANSWERED,
        Status.REMARKED,
    }


def test_what_older_rows_name_by_its_place_stays_at_that_place() -> None:
    assert [status.value for status in Status][:9] == [
        "intro",
        "asking",
        "complete",
        "declined",
        "stopped",
        "expired",
        "broke_off",
        "not_drawn",
        "closed",
    ]


def test_a_session_is_a_value() -> None:
    assert replace(begun(), language="en") != begun()
    assert begun() == begun()
