"""A session knows whether it is open, and which answer was given."""

from dataclasses import replace

from bot.core.session import Status
from tests.core.examples import YES, after, begun, taps


def test_a_session_gives_its_answers_by_question() -> None:
    session = after(YES, taps("counter", "8"))
    assert session.answer("counter") == "8"
    assert session.answer("agreed") is None


def test_only_two_states_are_open_and_all_other_ends_await_their_ballot() -> None:
    assert {s for s in Status if s.is_open} == {Status.INTRO, Status.ASKING}
    assert {s for s in Status if s.awaits_ballot} == {
        Status.COMPLETE,
        Status.DECLINED,
        Status.STOPPED,
        Status.EXPIRED,
        Status.BROKE_OFF,
        Status.NOT_DRAWN,
    }


def test_a_session_is_a_value() -> None:
    assert replace(begun(), language="en") != begun()
    assert begun() == begun()
