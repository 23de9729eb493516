"""What a new version changes: for clients, text by text; for the measuring, by law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.changes import (
    Change,
    Effect,
    Fate,
    Part,
    Place,
    What,
    Why,
    compare,
    effects,
    texts,
)
from bot.core.flow import FlowDefinition, Phase, RemarkPrompt, fingerprint
from bot.core.questions import Question
from bot.core.questions.base import Condition
from tests.core.examples import (
    AGREE,
    DONT_KNOW,
    NO_CONTACT,
    YES_NO,
    choice,
    grade,
    label,
)
from tests.core.examples import FLOW as BEFORE

COUNTER, LISTENED, AGREED, CALLED = BEFORE.questions
ON = Fate.GOES_ON
ANEW = Fate.BEGINS_ANEW


def asking(*questions: Question, **more: object) -> FlowDefinition:
    """Give the flow with these questions instead."""
    return BEFORE.model_copy(update={"questions": questions, **more})


def with_a_question(question: Question, **more: object) -> FlowDefinition:
    """Give the flow with one question of it changed."""
    changed = question.model_copy(update=more)
    asked = [changed if one is question else one for one in BEFORE.questions]
    return asking(*asked)


def fates(after: FlowDefinition, *earlier: FlowDefinition) -> dict[str, Fate]:
    found = effects(after, BEFORE, (*earlier, BEFORE))
    return {effect.question: effect.fate for effect in found}


def but(**others: Fate) -> dict[str, Fate]:
    """Say that all go on but these."""
    return {question.name: ON for question in BEFORE.questions} | others


WORDED = label("Hoe was de balie?", en=COUNTER.label["en"])
TRANSLATED = label(COUNTER.label["nl"], en="How was it?")

EACH: dict[str, tuple[FlowDefinition, tuple[Change, ...], dict[str, Fate]]] = {
    "nothing": (BEFORE.model_copy(), (), but()),
    "the Dutch of a question": (
        with_a_question(COUNTER, label=WORDED),
        (
            Change(
                What.WORDS,
                "counter",
                Place(Part.LABEL, "counter"),
                "nl",
                "counter?",
                "Hoe was de balie?",
            ),
        ),
        but(counter=ANEW),
    ),
    "a translation": (
        with_a_question(COUNTER, label=TRANSLATED),
        (
            Change(
                What.WORDS,
                "counter",
                Place(Part.LABEL, "counter"),
                "en",
                "counter, please?",
                "How was it?",
            ),
        ),
        but(),
    ),
    "the short name, which staff read": (
        with_a_question(COUNTER, short={"nl": "Balie", "de": "Schalter"}),
        tuple(
            Change(
                What.WORDS, "counter", Place(Part.SHORT, "counter"), tongue, was, now
            )
            for tongue, was, now in (
                ("nl", "counter", "Balie"),
                ("de", "", "Schalter"),
            )
        ),
        but(),
    ),
    "the title": (
        BEFORE.model_copy(update={"title": label("Uw bezoek")}),
        (Change(What.WORDS, "", Place(Part.TITLE), "nl", "Bezoek", "Uw bezoek"),),
        but(),
    ),
    "a language added": (
        BEFORE.model_copy(update={"languages": ("nl", "en", "ar", "tr", "pl")}),
        (Change(What.LANGUAGE_ADDED, language="pl"),),
        but(),
    ),
    "a language removed": (
        BEFORE.model_copy(update={"languages": ("nl", "ar", "tr")}),
        (Change(What.LANGUAGE_REMOVED, language="en"),),
        but(),
    ),
    "a phase": (
        BEFORE.model_copy(update={"phases": (Phase.INTAKE, Phase.AFTER_AWARD)}),
        (Change(What.PHASES, before="intake", after="intake, after_award"),),
        but(),
    ),
    "a theme": (
        with_a_question(COUNTER, theme=("bejegening", "efficiency")),
        (
            Change(
                What.THEME,
                "counter",
                before="bejegening",
                after="bejegening, efficiency",
            ),
        ),
        but(),
    ),
    "the opt-out gone": (
        with_a_question(COUNTER, opt_out=None),
        (
            Change(
                What.WORDS_REMOVED,
                "counter",
                Place(Part.OPT_OUT, "counter"),
                before="Geen contact gehad",
            ),
        ),
        but(counter=ANEW),
    ),
    "an opt-out added": (
        with_a_question(LISTENED, opt_out=DONT_KNOW),
        (
            Change(
                What.WORDS_ADDED,
                "listened",
                Place(Part.OPT_OUT, "listened"),
                after="Weet ik niet",
            ),
        ),
        but(listened=ANEW),
    ),
    "the end of a scale": (
        with_a_question(COUNTER, highest_label=label("uitstekend", en="very good")),
        (
            Change(
                What.WORDS,
                "counter",
                Place(Part.HIGHEST, "counter"),
                "nl",
                "heel goed",
                "uitstekend",
            ),
        ),
        but(counter=ANEW),
    ),
    "how far a scale goes": (
        with_a_question(COUNTER, lowest=0, lowest_label=label("nul")),
        (Change(What.SCALE, "counter", before="1-10", after="0-10"),),
        but(counter=ANEW),
    ),
    "another kind of scale": (
        asking(
            COUNTER,
            LISTENED,
            grade("agreed", opt_out=DONT_KNOW).model_copy(
                update={"theme": AGREED.theme}
            ),
            CALLED,
        ),
        (Change(What.SCALE, "agreed", before="some_scale", after="1-10"),),
        but(agreed=ANEW),
    ),
    "one option less": (
        with_a_question(AGREED, options=AGREE[1:]),
        (Change(What.OPTION_REMOVED, "agreed", before="Helemaal oneens"),),
        but(agreed=ANEW),
    ),
    "options turned round": (
        with_a_question(CALLED, options=YES_NO[::-1]),
        (Change(What.OPTIONS_ORDER, "called", before="Nee, Ja", after="Ja, Nee"),),
        but(called=ANEW),
    ),
    "an option that is counted on the other side": (
        with_a_question(
            CALLED,
            options=(YES_NO[0].model_copy(update={"direction": "positive"}), YES_NO[1]),
        ),
        (
            Change(What.OPTION_ADDED, "called", after="Nee"),
            Change(What.OPTION_REMOVED, "called", before="Nee"),
        ),
        but(called=ANEW),
    ),
    "the words of an option": (
        with_a_question(
            CALLED,
            options=(
                YES_NO[0],
                YES_NO[1].model_copy(
                    update={"label": {**YES_NO[1].label, "nl": "Jazeker"}}
                ),
            ),
        ),
        (
            Change(
                What.WORDS,
                "called",
                Place(Part.OPTION, "called", "yes"),
                "nl",
                "Ja",
                "Jazeker",
            ),
        ),
        but(called=ANEW),
    ),
    "a condition": (
        with_a_question(LISTENED, only_if=Condition(question="counter", at_most=6)),
        (
            Change(
                What.CONDITION,
                "listened",
                before="question: counter, at_most: 5",
                after="question: counter, at_most: 6",
            ),
        ),
        but(listened=ANEW),
    ),
    "a condition gone": (
        with_a_question(LISTENED, only_if=None),
        (
            Change(
                What.CONDITION_REMOVED,
                "listened",
                before="question: counter, at_most: 5",
            ),
        ),
        but(listened=ANEW),
    ),
    "a condition added": (
        with_a_question(AGREED, only_if=Condition(question="counter", at_least=6)),
        (
            Change(
                What.CONDITION_ADDED, "agreed", after="question: counter, at_least: 6"
            ),
        ),
        but(agreed=ANEW),
    ),
    "a question gone": (
        asking(COUNTER, LISTENED, AGREED),
        (Change(What.QUESTION_REMOVED, "called", before="called?"),),
        but(called=Fate.ENDS),
    ),
    "a question put before another": (
        asking(COUNTER, LISTENED, grade("quick"), AGREED),
        (
            Change(What.QUESTION_ADDED, "quick", after="quick?"),
            Change(What.QUESTION_REMOVED, "called", before="called?"),
        ),
        but(quick=Fate.NEW, agreed=ANEW, called=Fate.ENDS),
    ),
    "a question renamed": (
        asking(
            COUNTER,
            LISTENED,
            AGREED.model_copy(update={"name": "opinion"}),
            choice(
                "called", YES_NO, only_if=Condition(question="opinion", is_="agree")
            ),
        ),
        (
            Change(What.QUESTION_RENAMED, "opinion", before="agreed", after="opinion"),
            Change(
                What.CONDITION,
                "called",
                before="question: agreed, is: agree",
                after="question: opinion, is: agree",
            ),
        ),
        but(opinion=Fate.NEW, called=ANEW, agreed=Fate.ENDS),
    ),
    "two questions changed about": (
        asking(COUNTER, AGREED, LISTENED, CALLED),
        (
            Change(
                What.ORDER,
                before="counter, listened, agreed, called",
                after="counter, agreed, listened, called",
            ),
        ),
        but(listened=ANEW, agreed=ANEW, called=ANEW),
    ),
    "a remark": (
        BEFORE.model_copy(update={"remark": RemarkPrompt(label=label("Nog iets?"))}),
        (Change(What.WORDS_ADDED, "", Place(Part.REMARK), after="Nog iets?"),),
        but(),
    ),
}


@pytest.mark.parametrize("name", EACH)
def test_each_change_is_listed_and_breaks_what_it_touches(name: str) -> None:
    after, changes, broken = EACH[name]

    assert compare(BEFORE, after) == changes
    assert fates(after) == broken


def test_the_length_of_a_remark_is_a_change() -> None:
    short, long = (
        BEFORE.model_copy(
            update={"remark": RemarkPrompt(label=label("?"), max_length=length)}
        )
        for length in (200, 500)
    )
    assert compare(short, long) == (Change(What.LENGTH, before="200", after="500"),)
    assert compare(short, BEFORE) == (
        Change(What.WORDS_REMOVED, "", Place(Part.REMARK), before="?"),
    )


@pytest.mark.parametrize("name", EACH)
def test_what_differs_is_never_passed_over_in_silence(name: str) -> None:
    after = EACH[name][0]
    assert bool(compare(BEFORE, after)) == (after != BEFORE)
    assert bool(compare(after, BEFORE)) == (after != BEFORE)


@given(st.sampled_from(list(EACH)), st.sampled_from(list(EACH)))
def test_a_measure_goes_on_exactly_where_its_fingerprint_does(
    one: str, other: str
) -> None:
    before, after = EACH[one][0], EACH[other][0]
    old = {q.name: fingerprint(before, q.name) for q in before.questions}
    new = {q.name: fingerprint(after, q.name) for q in after.questions}

    found = {effect.question: effect for effect in effects(after, before, (before,))}

    assert found.keys() == old.keys() | new.keys()
    for name, effect in found.items():
        goes_on = old.get(name) == new.get(name)
        assert (effect.fate is ON) == goes_on
        assert (effect.fate is Fate.ENDS) == (name not in new)
        assert (effect.why is None) == (goes_on or name not in new or name not in old)


def test_it_is_said_why_a_measure_begins_anew() -> None:
    after = asking(
        COUNTER.model_copy(update={"label": WORDED}),
        AGREED,
        LISTENED.model_copy(update={"label": label("Luisterde men?")}),
    )
    assert effects(after, BEFORE, (BEFORE,)) == (
        Effect("counter", ANEW, Why.ITSELF),
        Effect("agreed", ANEW, Why.BEFORE),
        Effect("listened", ANEW, Why.BOTH),
        Effect("called", Fate.ENDS),
    )


def test_an_earlier_wording_goes_on_with_its_earlier_measure() -> None:
    worded = with_a_question(COUNTER, label=WORDED)
    once_more = with_a_question(COUNTER, label=TRANSLATED)

    found = effects(once_more, worded, (BEFORE, worded))

    assert found[0] == Effect("counter", Fate.RETURNS, Why.ITSELF, 0)
    assert {effect.fate for effect in found[1:]} == {ON}


def test_a_question_that_was_gone_can_come_back_to_its_measure_or_begin_anew() -> None:
    without = asking(COUNTER, LISTENED, AGREED)
    changed = with_a_question(CALLED, options=YES_NO[::-1])

    assert effects(BEFORE, without, (BEFORE, without))[-1] == Effect(
        "called", Fate.RETURNS, None, 0
    )
    assert effects(changed, without, (BEFORE, without))[-1] == Effect("called", ANEW)


def test_of_the_first_version_everything_is_new() -> None:
    assert {effect.fate for effect in effects(BEFORE, None)} == {Fate.NEW}


def test_what_is_new_or_begins_anew_has_no_figure_yet() -> None:
    assert {fate for fate in Fate if fate.is_start} == {ANEW, Fate.NEW}


def test_every_text_of_a_flow_has_a_place() -> None:
    flow = BEFORE.model_copy(update={"remark": RemarkPrompt(label=label("Nog iets?"))})
    found = texts(flow)
    assert {place.part for place in found} == set(Part)
    assert found[Place(Part.OPT_OUT, "counter")] == NO_CONTACT
    assert found[Place(Part.OPTION, "called", "no")] == YES_NO[0].label
