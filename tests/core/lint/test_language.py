"""The rules of language: what each finds, and what it lets be.

How often they are right on questions that nobody tuned them to: tests/corpus.
"""

import pytest

from bot.core.lint.double_barrelled import double_barrelled
from bot.core.lint.hard_word import hard_word
from bot.core.lint.leading import leading
from bot.core.lint.long_sentence import long_sentence
from bot.core.lint.negation import negation
from bot.core.lint.personal_question import inviting_remark, personal_question
from bot.core.reading import Lexicon
from bot.core.wording import Finding
from tests.core import drafts
from tests.core.drafts import option

WHERE = ("questions", 0, "label", "nl")
LEXICON = Lexicon(
    {"duidelijk": 5.0, "onkosten": 4.0, "kosten": 5.0},
    pairs=frozenset(("rechten en plichten",)),
)
AGREE = drafts.by_name(option("disagree", "negative"), option("agree", "positive"))


def test_a_long_sentence_is_told_with_its_length() -> None:
    said = "Goed zo. " + " ".join(["woord"] * 16) + "."
    assert list(long_sentence(WHERE, said)) == [
        Finding(
            "long-sentence",
            WHERE,
            {"found": f"{'woord ' * 6}woo…", "length": 16, "limit": 15},
            "warn",
        )
    ]
    assert list(long_sentence(WHERE, " ".join(["woord"] * 15))) == []


def test_the_hard_words_of_a_text_are_told_together() -> None:
    (finding,) = hard_word(WHERE, "De adequate bejegening is duidelijk.", LEXICON)
    assert finding == Finding(
        "hard-word", WHERE, {"found": "adequate, bejegening"}, "warn"
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Was hij snel en vriendelijk?", "snel en vriendelijk"),
        ("Kwam de brief snel, maar te laat?", "snel, maar te"),
        ("Kreeg u een brief of een mail?", "brief of een"),
        ("Was het kort of lang en duidelijk?", "kort of lang"),
        ("Was dat goed? En ook snel?", None),
    ],
)
def test_two_things_in_one_question_are_found(said: str, found: str | None) -> None:
    facts = {"case": "pair", "found": found} if found else {"case": "marks"}
    assert list(double_barrelled(WHERE, said, LEXICON)) == [
        Finding("double-barrelled", WHERE, facts, "warn")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Kent u uw Rechten en plichten?",
        "Bent u tevreden of ontevreden?",
        "Ging het goed of niet?",
        "Weet u of het klaar is?",
        "Hoorde u ook of u geld krijgt?",
        "Zij keken na of iemand kwam.",
        "Ik hoefde maar één keer te bellen.",
        "Was het goed? Goed betekent: snel en vriendelijk.",
    ],
)
def test_one_thing_with_a_joint_in_it_is_let_be(said: str) -> None:
    assert list(double_barrelled(WHERE, said, LEXICON)) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Dat is toch goed?", "toch"),
        ("Vindt u ook dat het goed ging?", "Vindt u ook"),
        ("Hoe was onze uitstekende hulp?", "uitstekende"),
        ("Iedereen is blij met de balie. En u?", "Iedereen is"),
    ],
)
def test_a_push_towards_an_answer_is_found(said: str, found: str) -> None:
    assert list(leading(WHERE, said)) == [
        Finding("leading", WHERE, {"found": found}, "warn")
    ]


def test_a_word_that_only_begins_so_pushes_nobody() -> None:
    assert list(leading(WHERE, "Hoe ging de supervisie op de tochten?")) == []
    assert list(leading(WHERE, "Wat vindt u niet goed aan de balie?")) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ik hoefde niet te wachten.", "niet"),
        ("Niemand hielp mij.", "Niemand"),
        ("De brief was onduidelijk.", "onduidelijk"),
    ],
)
def test_a_denial_to_agree_with_is_found(said: str, found: str) -> None:
    assert list(negation(WHERE, said, AGREE["agree"], LEXICON)) == [
        Finding("negation", WHERE, {"found": found}, "warn")
    ]
    assert list(negation(WHERE, said, AGREE["grade"], LEXICON)) == []
    assert list(negation(WHERE, said, drafts.by_name()["agree"], LEXICON)) == []
    assert list(negation(WHERE, said, None, LEXICON)) == []


@pytest.mark.parametrize(
    "said",
    [
        "Bent u het eens of niet?",
        "Ik kreeg mijn onkosten terug.",
        "De ontvangst in onze ongewone hal was goed.",
        "Adequaat betekent: niet slecht.",
    ],
)
def test_what_denies_nothing_is_let_be(said: str) -> None:
    assert list(negation(WHERE, said, AGREE["agree"], LEXICON)) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Wat is uw naam?", "naam"),
        ("Dank u. Wat is uw volledige adres?", "adres"),
        ("Vul uw BSN in.", "BSN"),
        ("Mogen wij uw telefoonnummer?", "telefoonnummer"),
        ("Hoe heet uw klantmanager?", "Hoe heet"),
        ("Wie is uw klantmanager?", "Wie is uw klantmanager"),
        ("In welke straat woont u?", "In welke straat woont"),
        ("Waar bent u geboren?", "Waar bent u geboren"),
        ("Hoe oud bent u?", "Hoe oud bent"),
    ],
)
def test_a_question_for_who_somebody_is_is_refused(said: str, found: str) -> None:
    assert list(personal_question(WHERE, said)) == [
        Finding("personal-question", WHERE, {"case": "asks", "found": found})
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Noemde de medewerker zijn naam?",
        "Wat is het adres van de balie?",
        "Wist u op welk adres u moest zijn?",
        "Ging de medewerker goed om met uw gegevens?",
    ],
)
def test_a_question_with_such_a_word_in_it_is_let_be(said: str) -> None:
    assert list(personal_question(WHERE, said)) == []


@pytest.mark.parametrize(
    ("remark", "is_right"),
    [
        (None, True),
        ({"label": {"nl": "Nog iets? Noem geen namen."}}, True),
        ({"label": {"nl": "Nog iets? Schrijf hier geen namen op."}}, True),
        ({"label": {"nl": " "}}, True),
        ({"label": {"nl": "Nog iets? Er zijn geen namen nodig."}}, False),
    ],
)
def test_a_remark_asks_to_leave_names_out(
    remark: dict[str, dict[str, str]] | None, is_right: bool
) -> None:
    found = list(inviting_remark(drafts.flow(remark=remark)))
    where = ("remark", "label", "nl")
    wrong = Finding("personal-question", where, {"case": "remark"})
    assert found == ([] if is_right else [wrong])
