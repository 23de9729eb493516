"""Who needs help is told where it is; who does not is left alone."""

import pytest

from bench import needs
from bench.__main__ import main
from bench.needs import Shown
from bot.needs import LONGEST, Need, needs_of
from tests.corpus.remarks.labelled import Labelled, needs_lines


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Ik wil dood", Need.CRISIS),
        ("soms denk ik aan ZELFMOORD!!", Need.CRISIS),
        ("mijn kinderen hebben vandaag niks gegeten", Need.CRISIS),
        ("we staan vannacht op straat", Need.CRISIS),
        ("I don't want to live any more", Need.CRISIS),
        ("لا أريد أن أعيش", Need.CRISIS),
        ("زوجي يضربني كل يوم", Need.CRISIS),
        ("artık yaşamak istemiyorum", Need.CRISIS),
        ("ik wil bezwaar maken", Need.OBJECTION),
        ("I want to file a complaint.", Need.COMPLAINT),
        ("Wanneer krijg ik mijn geld?", Need.QUESTION),
    ],
)
def test_a_need_is_recognised(text: str, need: Need) -> None:
    assert needs_of(text) is need


@pytest.mark.parametrize(
    "text",
    [
        "chcę umrzeć",
        "не хочу жити",
        "хочу умереть",
        "میخوام بمیرم",
        "ich will nicht mehr leben",
        "je veux mourir",
        "mi marido me pega",
    ],
)
def test_a_crisis_is_recognised_in_more_languages_than_the_surveys_have(
    text: str,
) -> None:
    assert needs_of(text) is Need.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "IK WIL DOOOOD",
        "ik wil doo\u200bd",
        "ik. wil. dood.",
        "Ik\nwil\tdood…",
        "ｉｋ ｗｉｌ ｄｏｏｄ",
        "ik denk vaak aan zelfmort",
        "ik denk vaak aan zelfmoodr",
        "intíhar",
        "وأريد الموت",
        "أُريدُ أن أموتـــ",
    ],
)
def test_a_need_is_recognised_however_it_is_typed(text: str) -> None:
    assert needs_of(text) is Need.CRISIS


@pytest.mark.parametrize("text", ["", "7", "ja", "een dikke 8", "mee eens", "doodgoed"])
def test_an_answer_is_no_need(text: str) -> None:
    assert needs_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik lach me dood met die formulieren",
        "geen klachten hoor",
        "klachten aan mijn rug",
        "geen bezwaar",
        "waiting there is killing me lol",
        "şikayetim yok",
        "لا اعتراض لدي",
        "hoe moeilijk kan het zijn",
    ],
)
def test_a_phrase_can_be_taken_back_by_the_words_beside_it(text: str) -> None:
    assert needs_of(text) is None


def test_what_is_taken_back_does_not_hide_what_is_said_beside_it() -> None:
    assert needs_of("ik lach me dood, maar thuis wil ik echt dood") is Need.CRISIS
    assert needs_of("geen klachten. of toch: ik heb een klacht") is Need.COMPLAINT


def test_a_crisis_wins_over_everything_else() -> None:
    text = "Ik heb een klacht, ik maak bezwaar, kunt u mij bellen, ik wil dood"
    assert needs_of(text) is Need.CRISIS


def test_of_a_long_text_the_beginning_is_looked_at() -> None:
    assert needs_of("ik wil dood " + "a" * 10**6) is Need.CRISIS
    assert needs_of("a" * LONGEST + " ik wil dood") is None


@pytest.mark.parametrize(
    "text",
    [
        " " * 4096,
        "\u0301" * 10**6,
        "\ufdfa" * 10**6,
        "1-" * 10**6,
        "\u202e\u200d" * 999,
    ],
    ids=["blanks", "marks", "ligatures", "signs", "directions"],
)
def test_a_hostile_text_is_no_need(text: str) -> None:
    assert needs_of(text) is None


def test_the_comments_that_the_lists_were_made_with_get_the_right_text() -> None:
    found = needs.found_in(needs_lines("tuned"))
    least = {
        Need.CRISIS: 0.97,
        Need.OBJECTION: 0.9,
        Need.COMPLAINT: 0.9,
        Need.QUESTION: 0.9,
    }
    shares = {need: found.of(need).share for need in Need}
    assert {need: share for need, share in shares.items() if share < least[need]} == {}
    assert found.disturbed <= 0.03 * found.ordinary


def test_what_is_shown_is_counted_by_need_and_language() -> None:
    found = needs.found_in(
        (
            Labelled("nl", frozenset({"crisis", "question"}), "ik wil dood"),
            Labelled("nl", frozenset({"crisis"}), "het gaat wel"),
            Labelled("en", frozenset({"question"}), "i have a complaint"),
            Labelled("tr", frozenset(), "itiraz ediyorum"),
            Labelled("tr", frozenset(), "iyi"),
        )
    )
    shown = {cell: each for cell, each in found.shown.items() if each != Shown(0, 0, 0)}
    assert shown == {
        (Need.CRISIS, "nl"): Shown(2, 1, 0),
        (Need.COMPLAINT, "en"): Shown(0, 0, 1),
        (Need.QUESTION, "en"): Shown(1, 0, 0),
        (Need.OBJECTION, "tr"): Shown(0, 0, 1),
    }
    assert (found.ordinary, found.disturbed) == (2, 1)
    assert found.of(Need.CRISIS).share == 0.5
    assert found.of(Need.OBJECTION).share == 1.0


def test_the_figures_are_printed_as_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(needs, "HALVES", ("tuned",))
    main(["needs"])
    head, *rows, last = capsys.readouterr().out.strip().splitlines()
    assert head == "The tuned half"
    assert len(rows) == 1 + len(Need) * 5
    assert rows[0] == "help texts       asked  rightly  missed    %  wrongly"
    assert last.startswith("Ordinary comments that got a help text: ")
