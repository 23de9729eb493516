"""What the chat shows: short, in one language, and never more than it may hold."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.anonymity.seal import tombstone
from bot.core.engine import step
from bot.core.events import Answered, Expired, WentBack
from bot.core.flow import FlowDefinition
from bot.dialogue import (
    Commanded,
    Delete,
    Edit,
    Left,
    Opened,
    Send,
    SentOther,
    Tapped,
    View,
    Word,
    Wrote,
)
from bot.messages import Catalogue
from bot.service.showing import Shown, Stage, in_chat, preceded, quiet
from bot.service.views import Screen
from tests.core.examples import FLOW, NOON, YES, after, begun, later, taps
from tests.doubles.installation import shipped_flows

ONE_LANGUAGE = FLOW.model_copy(update={"languages": ("nl",)})
FLOWS = {**shipped_flows(), "one language": ONE_LANGUAGE}


@pytest.fixture(scope="module")
def words() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="module")
def stage(words: Catalogue) -> Stage:
    return Stage(words, "14 023")


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_button_fits_into_64_bytes_and_is_the_only_one_of_its_kind(
    stage: Stage, flow: FlowDefinition
) -> None:
    for language in flow.languages:
        session = replace(begun(flow, language), nonce="ABCDEFGHIJKL")
        screen = stage.screen(flow, session)
        views = [screen.intro(), screen.menu(), screen.look("help")]
        views += [screen.question(question.name) for question in flow.questions]
        for view in views:
            actions = [key.action for row in view.rows for key in row]
            assert len(actions) == len(set(actions))
            assert all(len(action.encode()) <= 64 for action in actions)
            assert len(view.text) <= 4096


def test_where_there_is_one_language_none_is_offered(stage: Stage) -> None:
    screen = stage.screen(ONE_LANGUAGE, begun(ONE_LANGUAGE))

    labels = {
        key.label
        for view in (screen.intro(), screen.question("counter"))
        for row in view.rows
        for key in row
    }
    assert stage.text("button.language", "nl").text not in labels


def test_going_back_takes_both_questions_away(stage: Stage) -> None:
    before = replace(after(YES, taps("counter", "7")), messages=(1, 2, 3))

    shown = stage.play(FLOW, before, step(FLOW, before, WentBack(NOON)), WentBack(NOON))

    assert shown.outputs[:2] == (Delete(2), Delete(3))
    assert isinstance(shown.outputs[2], Send)
    assert shown.session.messages == (1,)
    # Until they are gone for certain, they are remembered.
    assert shown.stored.messages == (1, 2, 3)


def test_an_ending_leaves_one_message_and_remembers_all_until_then(
    stage: Stage,
) -> None:
    before = replace(after(YES, taps("counter", "7")), messages=(1, 2, 3))
    event = Expired(later(hours=40))

    shown = stage.play(FLOW, before, step(FLOW, before, event), event)

    closing = stage.closing("nl")
    assert shown.outputs == (Delete(1), Delete(2), Edit(3, closing, or_send=True))
    assert shown.stored.messages == (1, 2, 3)
    assert in_chat(tombstone(shown.session), ()).messages == ()


def test_nothing_known_of_the_chat_is_nothing_to_be_changed(stage: Stage) -> None:
    before = after(YES)
    event = Answered(NOON, "counter", "7")

    shown = stage.play(FLOW, before, step(FLOW, before, event), event)

    assert [type(output) for output in shown.outputs] == [Send]


def test_what_is_sent_is_at_the_end_of_what_stands_there() -> None:
    session = replace(begun(), messages=(1, 2))

    assert in_chat(session, [3]).messages == (1, 2, 3)
    assert in_chat(session, [3]).is_shown


def test_quietly_nothing_is_sent_anew() -> None:
    view = View("x")

    assert quiet([Send(view), Delete(1, or_say=view), Edit(2, view, or_send=True)]) == (
        Delete(1),
        Edit(2, view),
    )


def test_only_of_words_is_it_said_that_they_stay(stage: Stage) -> None:
    sorry = stage.text("not_deleted", "tr")

    assert stage.taking(Wrote("zeven", message=5), "tr") == (Delete(5, sorry),)
    assert stage.taking(SentOther(message=5), "tr") == (Delete(5, sorry),)
    assert stage.taking(Opened("", message=5), "tr") == (Delete(5),)
    assert stage.taking(Commanded(Word.STOP, message=5), "tr") == (Delete(5),)
    for nothing in (Tapped("x", 5), Left(), Wrote("zeven")):
        assert stage.taking(nothing, "tr") == ()


def test_what_was_typed_goes_first() -> None:
    shown = Shown(begun(), (Delete(2),))

    assert preceded((Delete(1),), shown).outputs == (Delete(1), Delete(2))
    assert preceded((), shown) == shown


def test_all_endings_leave_the_same_text(stage: Stage, words: Catalogue) -> None:
    texts = []
    for messages in ((), (1,), (1, 2)):
        *_, last = stage.close(replace(tombstone(begun()), messages=messages))
        assert isinstance(last, Send | Edit)
        texts.append(last.view)

    assert all(one == other for one, other in pairwise(texts))
    assert isinstance(Screen(words, "1", FLOW, begun()).current(), View)
