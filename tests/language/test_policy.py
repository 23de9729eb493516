"""What a text is labelled as, and when a switch is offered."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.guesses import Guess
from bot.language import Hints, guess
from bot.language.policy import Label, label
from bot.language.tables import table

SURVEY = ("nl", "en", "ar", "tr")
WIDE = (*SURVEY, "pl", "uk", "ru", "fa", "ti", "am")
CHOSE_DUTCH = Hints(WIDE, "nl")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik heb heel lang moeten wachten bij de balie", "nl"),
        ("i had to wait a very long time", "en"),
        ("HEEL LANG GEWACHT EN NIEMAND ZEI IETS", "nl"),
        ("موظفة لطيفة ومحترمة", "ar"),
        ("çok uzun bekledim ama iyi davrandılar", "tr"),
        ("Ziemlich lange gewartet, aber sehr freundlich", "de"),
        ("ما ساعت‌ها منتظر ماندیم ولی خیلی مهربان بودند", "fa"),
        ("ми дуже довго чекали, але дякуємо вам", "uk"),
        ("мы очень долго ждали, но всё хорошо", "ru"),
        ("बहुत देर तक इंतजार करना पड़ा", "hi"),
        ("περίμενα πολλή ώρα", "el"),
        ("ብጣዕሚ የቐንየለይ", "ti"),
        ("በጣም አመሰግናለሁ", "am"),
    ],
)
def test_a_plain_comment_is_told(text: str, language: str) -> None:
    assert guess(text, Hints(WIDE)).language == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ja",
        "goed",
        "7",
        "👍👍👍👍👍👍",
        "https://haarlem.nl/goed-geholpen",
        "jan@voorbeeld.nl",
        "ana b7keelak l7a2i2a, sa3adooni b kl shi",
        "دوو کاتژمێر چاوەڕێم کرد",
        "ⰀⰁⰂⰃⰄⰅ",
        "hej kokos",
    ],
)
def test_where_there_is_nothing_to_go_by_nothing_is_said(text: str) -> None:
    assert guess(text, Hints(WIDE, "nl", "tr")) == Guess()


def test_a_known_text_has_its_known_probability() -> None:
    found = label("het was friendly", Hints(SURVEY, "nl"))
    assert found is not None
    rounded = Label(found.language, round(found.probability, 6), found.is_offered)
    assert rounded == Label("en", 0.776098, is_offered=False)
    # Less than 0.80.
    assert guess("het was friendly", Hints(SURVEY, "nl")) == Guess()


def test_a_switch_is_offered_from_three_words_and_a_probability_of_90_on() -> None:
    english = "nobody ever answers the telephone"
    assert guess(english, CHOSE_DUTCH) == Guess("en", "en")
    assert guess("friendly people", CHOSE_DUTCH) == Guess("en", None)


def test_no_offer_is_made_of_what_was_chosen_or_what_the_survey_is_not_in() -> None:
    english = "nobody ever answers the telephone"
    assert guess(english, Hints(SURVEY, "en")) == Guess("en", None)
    assert guess("czekam już długo na decyzję", Hints(SURVEY, "nl")).offer is None


def test_an_offer_does_not_hang_on_one_word_or_on_a_letter_of_another_language() -> (
    None
):
    assert guess("ez du saetan li bendê mam û kesî nekir", CHOSE_DUTCH).offer is None
    hints = Hints(WIDE, "en")
    assert guess("meeting was afschuwelijk", hints).offer is None


def test_an_offer_in_ethiopic_letters_needs_a_word_or_letter_of_one_language() -> None:
    either = "ስልኪ ደዊለ መልሲ"
    assert guess(either, Hints(("nl", "ti"), "nl")) == Guess("ti", None)
    assert guess(either, CHOSE_DUTCH) == Guess()
    assert guess("እቲ ሰብ ብጣዕሚ ጽቡቕ", CHOSE_DUTCH) == Guess("ti", "ti")
    # Letters of both.
    assert guess("አብ ቤት ጽሕፈት ኣብ", CHOSE_DUTCH) == Guess()


def test_the_language_of_the_app_counts_only_where_nothing_was_chosen() -> None:
    assert Hints(SURVEY, None, "tr-TR").prior("tr") == 3
    assert Hints(SURVEY, "nl", "tr").prior("tr") == 1
    assert Hints(SURVEY, "nl", "tr").prior("nl") == 5
    assert Hints(SURVEY, None, None).prior("nl") == 1
    assert Hints(SURVEY, None, "pl").prior("pl") == pytest.approx(0.09)
    assert Hints(SURVEY).prior("pl") == 0.03


def test_words_of_the_office_tell_nothing_unless_there_is_hardly_another() -> None:
    assert label("the gemeente website is hard", Hints(SURVEY)) == label(
        "the is hard", Hints(SURVEY)
    )
    assert guess("klantmanager uitkering ok", Hints(SURVEY)).language == "nl"


def test_letters_that_no_language_has_together_rule_out_none() -> None:
    # An Iraqi text: a letter that Arabic lacks, and one that Farsi and Urdu lack.
    found = label("شلونكم گالولي معاملة حلوة", Hints(WIDE))
    assert found is not None
    assert found.language == "ar"


def test_afrikaans_is_a_rival_only_where_the_survey_is_in_it() -> None:
    text = "die man keek me niet aan"
    assert guess(text, Hints(SURVEY)).language == "nl"
    assert guess("ek het baie lank gewag by die toonbank", Hints(("af",))) == Guess(
        "af", "af"
    )


def test_a_label_is_exactly_the_same_in_each_of_eight_threads_at_first_use() -> None:
    texts = [
        "te lang wachten",
        "çok uzun bekledim",
        "дуже довго чекали",
        "خانم مهربانی",
    ]
    expected = [label(text, CHOSE_DUTCH) for text in texts]
    table.cache_clear()
    start = Barrier(8)

    def all_of_them(_: int) -> list[Label | None]:
        start.wait()
        return [label(text, CHOSE_DUTCH) for text in texts]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(all_of_them, range(8))) == [expected] * 8


def test_a_label_is_exactly_the_same_in_another_process() -> None:
    text = "te lang wachten bij de balie"
    code = (
        "from bot.language import Hints\nfrom bot.language.policy import label\n"
        f"print(repr(label({text!r}, Hints({SURVEY!r}))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == repr(label(text, Hints(SURVEY)))


@pytest.mark.parametrize(
    "text",
    [
        " " * 4_096,
        "1-" * 4_096,
        "e" + "\N{COMBINING ACUTE ACCENT}" * 1_000_000,
        "a" * 1_000_000,
        "@." * 500_000,
        "\u200b\u202e" * 4_096,
        "\ud800 half a letter",
        "\0" * 100,
    ],
)
def test_hostile_text_gets_an_answer(text: str) -> None:
    assert guess(text, CHOSE_DUTCH).offer is None
