"""The promises that the comments labelled with language and needs make to their users.

They say nothing about any rule: a figure measured on these files means something only
as long as the halves are alike, share no line, and are as large as they were meant.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.corpus.remarks.labelled import (
    HALVES,
    LANGUAGES,
    NEEDS,
    Labelled,
    language_lines,
    needs_lines,
    read,
)

NEAR = 0.5
"""The share of their words from which on two comments are copies of one another."""

FEWEST_OF_A_LANGUAGE = {
    "nl": 110,
    "en": 45,
    "ar": 40,
    "tr": 40,
    "pl": 35,
    "uk": 30,
    "fa": 25,
    "ru": 20,
    "ti": 15,
    "es": 15,
    "de": 15,
    "am": 10,
    "fr": 10,
    "mul": 10,
    "so": 5,
    "ku": 5,
    "ckb": 5,
    "pap": 5,
}
FEWEST_OF_A_NEED = {
    "crisis": 100,
    "complaint": 60,
    "objection": 60,
    "question": 60,
    "none": 140,
}
SETS = {
    "language": {half: language_lines(half) for half in HALVES},
    "needs": {half: needs_lines(half) for half in HALVES},
}


def whole(name: str) -> list[Labelled]:
    """Give both halves of a set as one."""
    return [line for half in HALVES for line in SETS[name][half]]


def length_of(line: Labelled) -> str:
    """Name the group of length that a comment belongs to."""
    limits = {1: "one", 4: "a few", 7: "some"}
    return next((name for most, name in limits.items() if line.words <= most), "many")


def is_latin(line: Labelled) -> bool:
    """Whether all letters are Latin, which in Arabic or Russian is worth a group."""
    letters = filter(str.isalpha, line.text)
    return all(unicodedata.name(letter).startswith("LATIN") for letter in letters)


def labels_of(line: Labelled) -> list[str]:
    """Give what a comment asks for, where "nothing" is a label too."""
    return sorted(line.needs) or ["none"]


def words_of(line: Labelled) -> frozenset[str]:
    """Give the words of a comment, without regard to capitals, signs and order."""
    return frozenset(re.findall(r"\w+", line.text.casefold()))


def uneven(tuned: Iterable[object], untouched: Iterable[object]) -> list[object]:
    """Give the groups of which one half holds two more than the other, or worse."""
    left, right = Counter(tuned), Counter(untouched)
    return [group for group in left | right if abs(left[group] - right[group]) > 1]


def test_each_language_of_the_clients_has_its_comments() -> None:
    assert FEWEST_OF_A_LANGUAGE.keys() == LANGUAGES
    found = Counter(line.lang for line in whole("language"))
    few = {lang for lang, least in FEWEST_OF_A_LANGUAGE.items() if found[lang] < least}
    assert few == set()
    assert found.total() >= 400


def test_short_middling_and_long_are_each_about_a_third_of_a_large_language() -> None:
    lines = whole("language")
    lengths = Counter((line.lang, length_of(line)) for line in lines)
    sizes = Counter(line.lang for line in lines)
    shares = {
        (lang, length): lengths[lang, length] / sizes[lang]
        for lang, least in FEWEST_OF_A_LANGUAGE.items()
        for length in ("a few", "some", "many")
        if least >= 20
    }
    assert {group: n for group, n in shares.items() if not 0.2 <= n <= 0.42} == {}


def test_each_need_has_its_comments_in_each_language_of_the_surveys() -> None:
    assert FEWEST_OF_A_NEED.keys() == NEEDS | {"none"}
    lines = whole("needs")
    found = Counter(label for line in lines for label in labels_of(line))
    few = {label for label, least in FEWEST_OF_A_NEED.items() if found[label] < least}
    assert few == set()
    shares = Counter(line.lang for line in lines)
    least = {"nl": 0.5, "en": 0.13, "ar": 0.13, "tr": 0.13}
    assert shares.keys() == least.keys()
    assert [lang for lang in least if shares[lang] < least[lang] * len(lines)] == []
    cells = Counter((line.lang, label) for line in lines for label in labels_of(line))
    assert min(cells.values()) >= 10
    assert len(cells) == len(shares) * len(FEWEST_OF_A_NEED)


def test_the_halves_hold_the_same_languages_letters_lengths_and_needs() -> None:
    groups = {
        name: [
            [(line.lang, is_latin(line), line.needs, length_of(line)) for line in lines]
            for lines in halves.values()
        ]
        for name, halves in SETS.items()
    }
    assert {name: uneven(*halves) for name, halves in groups.items()} == {
        "language": [],
        "needs": [],
    }


@pytest.mark.parametrize("name", SETS)
def test_no_comment_and_no_near_copy_stands_twice(name: str) -> None:
    worded = [(line.lang, words_of(line), line.text) for line in whole(name)]
    assert [
        (text, other)
        for (lang, words, text), (its, others, other) in itertools.combinations(
            worded, 2
        )
        if lang == its and len(words & others) > NEAR * len(words | others)
    ] == []
    assert len({words for _, words, _ in worded}) == len(worded)


@pytest.mark.parametrize("name", SETS)
def test_a_comment_is_as_it_was_typed_in_letters_that_can_be_shown(name: str) -> None:
    unfit = [
        line.text
        for line in whole(name)
        if line.text != line.text.strip()
        or not line.words
        or "\\" in line.text
        or not line.text.replace("\n", "").replace("\u200c", "").isprintable()
    ]
    assert unfit == []


def test_a_line_is_read_with_its_labels_and_its_line_breaks(tmp_path: Path) -> None:
    file = tmp_path / "needs.txt"
    file.write_text(
        "# a remark\n\nen\tcrisis,question\tone\\ntwo\nnl\tnone\tprima 👍\n"
    )
    both = frozenset({"crisis", "question"})
    expected = (
        Labelled("en", both, "one\ntwo"),
        Labelled("nl", frozenset(), "prima 👍"),
    )
    assert read(file, has_needs=True) == expected
    assert [line.words for line in expected] == [2, 1]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nl\tprima", "3 filled fields between tabs, please"),
        ("nl\tnone\t ", "3 filled fields between tabs, please"),
        ("xx\tnone\tprima", "xx is no language of these files"),
        ("nl\tpraise\tprima", "praise names a need that is unknown, or one twice"),
        (
            "nl\tnone,crisis\th",
            "none,crisis names a need that is unknown, or one twice",
        ),
        (
            "nl\tcrisis,crisis\th",
            "crisis,crisis names a need that is unknown, or one twice",
        ),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "needs.txt"
    file.write_text(f"# a remark\n{line}\n")
    with pytest.raises(ValueError, match=f"^needs.txt:2: {fault}$"):
        read(file, has_needs=True)
