"""Choices are read by their labels and by words that can mean only one of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.questions import Choice, Option
from bot.core.questions.base import (
    OPT_OUT,
    Button,
    NotUnderstood,
    Prompt,
    Understood,
)
from bot.flowfiles import load_folder
from tests.core.examples import (
    AGREE,
    DONT_KNOW,
    LANGUAGES,
    NOT_NEEDED,
    YES_NO,
    choice,
    label,
)

SHIPPED = load_folder(Path(__file__).parents[3] / "flows")
AGREED = choice("agreed", AGREE, opt_out=DONT_KNOW)
CALLED = choice("called", YES_NO, opt_out=NOT_NEEDED)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("agree", "agree"),
        ("strongly_agree", "strongly_agree"),
        ("Eens", "agree"),
        ("EENS!", "agree"),
        ("mee eens", "agree"),
        ("Mee eens.", "agree"),
        ("ik ben het er mee eens", "agree"),
        ("ik ben het ermee eens", "agree"),
        ("helemaal mee eens", "strongly_agree"),
        ("Helemaal eens", "strongly_agree"),
        ("helemaal  mee   EENS", "strongly_agree"),
        ("oneens", "disagree"),
        ("mee oneens", "disagree"),
        ("niet mee eens", "disagree"),
        ("ik ben het er niet mee eens", "disagree"),
        ("helemaal niet mee eens", "strongly_disagree"),
        ("helemaal mee oneens", "strongly_disagree"),
        ("Strongly agree", "strongly_agree"),
        ("I disagree", "disagree"),
        ("I don't agree", "disagree"),
        ("أوافق", "agree"),
        ("اوافق", "agree"),
        ("أُوَافِقُ", "agree"),
        ("موافق", "agree"),
        ("لا أوافق", "disagree"),
        ("لا أوافق إطلاقا", "strongly_disagree"),
        ("katılıyorum", "agree"),
        ("KATILIYORUM", "agree"),
        ("katilmiyorum", "disagree"),
        ("kesinlikle katılmıyorum", "strongly_disagree"),
        ("weet niet", OPT_OUT),
        ("Geen idee", OPT_OUT),
        ("ik weet het niet", OPT_OUT),
        ("I don’t know", OPT_OUT),
        ("n.v.t.", OPT_OUT),
        ("bilmem", OPT_OUT),
        (OPT_OUT, OPT_OUT),
    ],
)
def test_agreement_is_read_as_people_type_it(text: str, code: str) -> None:
    assert AGREED.parse(text, LANGUAGES) == Understood(code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "ja",
        "nee",
        "yes",
        "3",
        "niet helemaal mee eens",
        "niet oneens",
        "mee eens mee oneens",
        "een beetje mee eens",
        "niet echt eens",
        "لا أوافق تماما",
        "not agree at all",
        "geen contact gehad",
        "eens of oneens",
    ],
)
def test_half_agreement_and_a_bare_yes_are_not_read(text: str) -> None:
    assert AGREED.parse(text, LANGUAGES) == NotUnderstood()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ja", "yes"),
        ("Ja hoor", "yes"),
        ("yes", "yes"),
        ("نعم", "yes"),
        ("evet", "yes"),
        ("nee", "no"),
        ("NEE!", "no"),
        ("لا", "no"),
        ("hayir", "no"),
        ("niet nodig", OPT_OUT),
        ("was not needed", OPT_OUT),
        ("nvt", OPT_OUT),
    ],
)
def test_yes_and_no_are_read_where_the_options_say_so(text: str, code: str) -> None:
    assert CALLED.parse(text, LANGUAGES) == Understood(code)


@pytest.mark.parametrize("text", ["weet niet", "geen idee", "ja nee", "mee eens"])
def test_words_that_mean_no_option_are_not_read(text: str) -> None:
    assert CALLED.parse(text, LANGUAGES) == NotUnderstood()


@pytest.mark.parametrize("text", [OPT_OUT, "weet niet", "nvt"])
def test_a_choice_without_an_opt_out_has_none_to_read(text: str) -> None:
    assert choice("agreed", AGREE).parse(text, LANGUAGES) == NotUnderstood()


def test_a_label_that_two_options_share_in_some_language_is_not_read() -> None:
    options = (
        Option(code="low", direction="negative", label=label("Zo", en="So so")),
        Option(code="high", direction="positive", label=label("Top", en="Zo")),
    )
    question = choice("rated", options)
    assert question.parse("zo", ("nl", "en")) == NotUnderstood()
    assert question.parse("zo", ("nl",)) == Understood("low")


@pytest.mark.parametrize("text", ["eens" * 1024, " " * 4096, "ﷺ" * 200, "،" * 200])
@pytest.mark.timeout(10)
def test_a_hostile_text_is_never_worked_through(text: str) -> None:
    assert AGREED.parse(text, LANGUAGES) == NotUnderstood()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_as_a_code_or_not_at_all(text: str) -> None:
    codes = (*AGREED.codes, OPT_OUT)
    assert AGREED.parse(text, LANGUAGES) in (*map(Understood, codes), NotUnderstood())


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_button_of_every_shipped_flow_can_be_typed(name: str) -> None:
    flow = SHIPPED[name].flow
    for question in flow.questions:
        for language in flow.languages:
            for row in question.prompt(language).rows:
                for button in row:
                    read = question.parse(button.label.upper(), flow.languages)
                    assert read == Understood(button.code), (question.name, button)


def test_a_choice_is_shown_with_one_option_a_row() -> None:
    assert CALLED.prompt("tr") == Prompt(
        "called?",
        (
            (Button("Hayır", "no"),),
            (Button("Evet", "yes"),),
            (Button("Gerek yoktu", OPT_OUT),),
        ),
    )


def test_a_choice_without_an_opt_out_shows_no_button_for_it() -> None:
    assert len(choice("agreed", AGREE).prompt("nl").rows) == 4


def test_the_positive_side_is_known_by_direction() -> None:
    assert AGREED.positive == {"agree", "strongly_agree"}
    assert isinstance(AGREED, Choice)
