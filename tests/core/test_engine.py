"""Every transition of a session, one sentence each."""

from dataclasses import replace

import pytest

from bot.core.effects import Ask, AskAgain, AskIntro, End, Note, Submit, Why
from bot.core.engine import begin, expire, progress, step
from bot.core.events import (
    Accepted,
    Answered,
    ChoseLanguage,
    Declined,
    Event,
    Expired,
    Skipped,
    Stopped,
    WentBack,
)
from bot.core.flow import Origin, Phase
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.session import LIFETIME, Session, Status
from bot.core.steps import Step
from tests.core.examples import FLOW, NOON, YES, after, begun, later, taps

OVER = (Submit(), End())


def types(text: str, question: str = "") -> Answered:
    return Answered(NOON, question, text)


def test_a_session_begins_at_the_introduction() -> None:
    begun = begin(
        FLOW,
        subject="telegram:1",
        ballot="ballot",
        remark_ballot="remark",
        nonce="nonce",
        origin=Origin.WALK_IN,
        phase=Phase.UNKNOWN,
        language="ar",
        at=NOON,
    )
    assert begun == Step(
        Session(
            subject="telegram:1",
            ballot="ballot",
            remark_ballot="remark",
            nonce="nonce",
            flow=FLOW.content_hash,
            origin=Origin.WALK_IN,
            phase=Phase.UNKNOWN,
            language="ar",
            expires_at=NOON + LIFETIME,
        ),
        (AskIntro(),),
    )


@pytest.mark.parametrize("language", ["so", None, ""])
def test_a_session_in_a_language_the_flow_has_not_begins_in_dutch(
    language: str | None,
) -> None:
    assert begun(language=language).language == "nl"


def test_saying_yes_leads_to_the_first_question() -> None:
    before = replace(begun(), is_shown=True)
    assert step(FLOW, before, YES) == Step(
        replace(before, status=Status.ASKING, at="counter", is_shown=False),
        (Ask("counter"),),
    )


def test_saying_no_ends_it() -> None:
    assert step(FLOW, begun(), Declined(NOON)) == Step(
        replace(begun(), status=Status.DECLINED), OVER
    )


@pytest.mark.parametrize("text", ["ja", "JA!", "Ja, ik doe mee", "yes", "نعم", "evet"])
def test_yes_can_be_typed_in_any_language_of_the_flow(text: str) -> None:
    assert step(FLOW, begun(), types(text)) == step(FLOW, begun(), YES)


@pytest.mark.parametrize("text", ["nee", "Nee, liever niet", "no", "لا", "hayır"])
def test_no_can_be_typed_in_any_language_of_the_flow(text: str) -> None:
    assert step(FLOW, begun(), types(text)) == step(FLOW, begun(), Declined(NOON))


def test_other_words_at_the_introduction_are_asked_about() -> None:
    once = step(FLOW, begun(), types("waarom?"))
    assert once == Step(
        replace(begun(), misread=1), (AskAgain(None, Why.NOT_UNDERSTOOD),)
    )
    twice = step(FLOW, once.session, types("niet doen, ja"))
    assert twice.effects == (AskAgain(None, Why.USE_BUTTONS),)


def test_a_tap_shows_the_choice_and_asks_the_next_question() -> None:
    asking = after(YES)
    assert step(FLOW, asking, taps("counter", "4")) == Step(
        replace(asking, at="listened", answers=(("counter", "4"),)),
        (Note("counter", "4"), Ask("listened")),
    )


def test_a_question_whose_condition_fails_is_passed_over() -> None:
    asking = after(YES)
    assert step(FLOW, asking, taps("counter", "8")) == Step(
        replace(
            asking,
            at="agreed",
            answers=(("counter", "8"), ("listened", NOT_ASKED)),
        ),
        (Note("counter", "8"), Ask("agreed")),
    )


def test_an_opt_out_is_a_choice_on_which_no_condition_holds() -> None:
    step_on = step(FLOW, after(YES), Skipped(NOON, "counter"))
    assert step_on.session.answers == (("counter", OPT_OUT), ("listened", NOT_ASKED))
    assert step_on.effects == (Note("counter", OPT_OUT), Ask("agreed"))


def test_the_last_answer_completes_it_with_a_code_for_every_question() -> None:
    asking = after(YES, taps("counter", "8"), taps("agreed", "agree"))
    assert step(FLOW, asking, taps("called", "yes")) == Step(
        replace(
            asking,
            status=Status.COMPLETE,
            at=None,
            answers=(
                ("counter", "8"),
                ("listened", NOT_ASKED),
                ("agreed", "agree"),
                ("called", "yes"),
            ),
        ),
        (Note("called", "yes"), *OVER),
    )


def test_it_completes_too_when_the_last_question_is_passed_over() -> None:
    asking = after(YES, taps("counter", "8"))
    ended = step(FLOW, asking, taps("agreed", "disagree"))
    assert ended.session.status is Status.COMPLETE
    assert ended.session.answers[-1] == ("called", NOT_ASKED)
    assert ended.effects == (Note("agreed", "disagree"), *OVER)


def test_typed_words_answer_as_a_tap_does() -> None:
    asking = after(YES)
    typed = step(FLOW, asking, types("een dikke 8", "counter"))
    assert typed == step(FLOW, asking, taps("counter", "8"))


@pytest.mark.parametrize("session", [begun(), after(YES)], ids=["intro", "question"])
@pytest.mark.timeout(10)
def test_a_story_is_asked_about_and_never_worked_through(session: Session) -> None:
    told = step(FLOW, session, types("ﷺ" * 4096, session.at or ""))
    assert told.effects == (AskAgain(session.at, Why.NOT_UNDERSTOOD),)


def test_two_friendly_retries_and_then_the_buttons_for_ever() -> None:
    session, seen = after(YES), []
    for _ in range(4):
        again = step(FLOW, session, types("lang gewacht", "counter"))
        session = again.session
        seen.append(again.effects)
    assert seen == [
        (AskAgain("counter", Why.NOT_UNDERSTOOD),),
        (AskAgain("counter", Why.USE_BUTTONS),),
        (AskAgain("counter", Why.USE_BUTTONS),),
        (AskAgain("counter", Why.USE_BUTTONS),),
    ]
    assert session == replace(after(YES), misread=2)


def test_a_grade_and_a_half_is_asked_again_and_counts_as_misread() -> None:
    half = step(FLOW, after(YES), types("7,5", "counter"))
    assert half == Step(
        replace(after(YES), misread=1), (AskAgain("counter", Why.WHOLE_GRADES),)
    )
    words = step(FLOW, half.session, types("zeven komma vijf", "counter"))
    assert words.effects == (AskAgain("counter", Why.USE_BUTTONS),)


def test_an_understood_answer_begins_the_count_of_misread_texts_anew() -> None:
    session = after(YES, types("tja", "counter"), types("7", "counter"))
    assert session.misread == 0


@pytest.mark.parametrize("text", ["stop", "Stoppen!", "quit", "توقف", "dur"])
def test_the_word_stop_stops(text: str) -> None:
    asking = after(YES, taps("counter", "8"))
    assert step(FLOW, asking, types(text, "agreed")) == step(
        FLOW, asking, Stopped(NOON)
    )
    assert step(FLOW, begun(), types(text)) == step(FLOW, begun(), Stopped(NOON))


def test_stopping_takes_every_answer_back() -> None:
    asking = after(YES, taps("counter", "8"))
    assert step(FLOW, asking, Stopped(NOON)) == Step(
        replace(asking, status=Status.STOPPED, at=None, answers=()), OVER
    )


def test_stopping_at_the_introduction_is_declining() -> None:
    assert step(FLOW, begun(), Stopped(NOON)) == step(FLOW, begun(), Declined(NOON))


def test_going_back_asks_the_question_before_and_forgets_its_answer() -> None:
    asking = after(YES, taps("counter", "4"), taps("listened", "6"))
    assert step(FLOW, asking, WentBack(NOON)) == Step(
        replace(asking, at="listened", answers=(("counter", "4"),)),
        (Ask("listened"),),
    )


def test_going_back_passes_over_what_was_not_asked() -> None:
    asking = after(YES, taps("counter", "8"))
    assert step(FLOW, asking, WentBack(NOON)) == Step(after(YES), (Ask("counter"),))


def test_another_answer_after_going_back_can_bring_another_question() -> None:
    session = after(YES, taps("counter", "8"), WentBack(NOON), taps("counter", "5"))
    assert session.at == "listened"
    assert session.answers == (("counter", "5"),)


@pytest.mark.parametrize("session", [begun(), after(YES)], ids=["intro", "first"])
def test_there_is_no_way_back_from_the_first_question(session: Session) -> None:
    assert step(FLOW, session, WentBack(NOON)) == Step(session)


def test_another_language_shows_the_question_again_in_it() -> None:
    asking = replace(
        after(YES, types("tja", "counter"), types("tja", "counter")), is_shown=True
    )
    assert step(FLOW, asking, ChoseLanguage(NOON, "ar")) == Step(
        replace(asking, language="ar", has_chosen=True, misread=0, is_shown=False),
        (Ask("counter"),),
    )


def test_another_language_shows_the_introduction_again_in_it() -> None:
    assert step(FLOW, begun(), ChoseLanguage(NOON, "tr")) == Step(
        replace(begun(language="tr"), has_chosen=True), (AskIntro(),)
    )


@pytest.mark.parametrize(
    ("session", "event"),
    [
        (begun(), taps("counter", "8")),
        (begun(), Skipped(NOON, "counter")),
        (begun(), ChoseLanguage(NOON, "so")),
        (after(YES), Accepted(NOON)),
        (after(YES), Declined(NOON)),
        (after(YES), taps("agreed", "agree")),
        (after(YES), taps("", "ja")),
        (after(YES), taps("nonsense", "1")),
        (after(YES), Skipped(NOON, "agreed")),
        (after(YES, taps("counter", "3")), taps("counter", "8")),
        (after(YES, taps("counter", "3")), Skipped(NOON, "listened")),
    ],
)
def test_what_is_not_on_the_screen_cannot_be_answered(
    session: Session, event: Event
) -> None:
    assert step(FLOW, session, event) == Step(session)


@pytest.mark.parametrize("event", [Expired(NOON), Accepted(NOON + LIFETIME)])
def test_an_introduction_never_answered_expires(event: Event) -> None:
    assert step(FLOW, begun(), event) == Step(
        replace(begun(), status=Status.EXPIRED), OVER
    )


@pytest.mark.parametrize(
    "event", [Expired(NOON), Answered(NOON + LIFETIME, "agreed", "agree")]
)
def test_who_leaves_half_way_breaks_off_and_leaves_no_answer(event: Event) -> None:
    asking = after(YES, taps("counter", "8"))
    assert step(FLOW, asking, event) == Step(
        replace(asking, status=Status.BROKE_OFF, at=None, answers=()), OVER
    )


def test_until_its_last_second_a_session_is_open() -> None:
    last = LIFETIME.total_seconds() - 1
    assert step(FLOW, begun(), Accepted(later(seconds=last))).session.at == "counter"


def test_a_session_expires_without_its_flow() -> None:
    asking = after(YES, taps("counter", "8"))
    assert expire(asking) == step(FLOW, asking, Expired(NOON))
    ended = expire(asking).session
    assert expire(ended) == Step(ended)


def test_progress_counts_every_question_of_the_flow() -> None:
    numbers = [progress(FLOW, question.name) for question in FLOW.questions]
    assert numbers == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_new_state_is_not_on_the_screen_yet_and_an_unchanged_one_stays() -> None:
    shown = replace(after(YES), is_shown=True)
    assert step(FLOW, shown, Stopped(NOON)).session.is_shown is False
    assert step(FLOW, shown, types("tja", "counter")).session.is_shown is False
    assert step(FLOW, shown, Accepted(NOON)).session.is_shown is True


def test_the_chat_and_the_ballot_are_left_alone() -> None:
    chat = replace(begun(), messages=(1, 2, 3))
    ended = step(FLOW, step(FLOW, chat, YES).session, Stopped(NOON)).session
    kept = (ended.messages, ended.ballot, ended.nonce, ended.subject)
    assert kept == ((1, 2, 3), "ballot", "nonce", "telegram:1")
