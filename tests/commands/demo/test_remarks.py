"""What made-up people write names nobody once it is scrubbed, and is accounted for."""

from random import Random

import pytest

from bot.commands.demo import remarks
from bot.commands.demo.remarks import (
    NAMES,
    PLAIN,
    TOO_TELLING,
    RemarkBooks,
    Said,
    Verdict,
    draw_remark,
    names_somebody,
)
from bot.commands.demo.reviewer import _decided
from bot.needs import needs_of
from bot.remarks import Scrubbed, Withheld
from bot.scrub import scrub

FIVE = [Said(text) for text in PLAIN[:5]]
SEEN = [Verdict(text, True) for text in PLAIN[:5]]


@pytest.mark.parametrize("text", [*PLAIN, *TOO_TELLING])
def test_what_names_nobody_is_kept_as_it_is(text: str) -> None:
    assert (scrub(text, "nl"), needs_of(text)) == (Scrubbed(text), None)


@pytest.mark.parametrize("name", NAMES)
def test_no_made_up_name_gets_past_the_scrubber(name: str) -> None:
    for form in remarks._NAMED:
        typed = form.format(name=name)
        said = scrub(typed, "nl")
        assert isinstance(said, Scrubbed)
        assert said.text == form.format(name="[NAAM]")
        assert names_somebody(typed)
        assert not names_somebody(said.text)
    little = remarks._TOO_LITTLE.format(name=name)
    assert scrub(little, "nl") is Withheld.TOO_LITTLE


def test_only_who_reads_dutch_has_something_to_say() -> None:
    drawn = [draw_remark(Random(number), "nl") for number in range(200)]
    assert 70 < sum(one is not None for one in drawn) < 130
    assert draw_remark(Random(1), "nl") == draw_remark(Random(1), "nl")
    assert {draw_remark(Random(number), "tr") for number in range(20)} == {None}


def test_a_reviewer_leaves_out_what_is_of_one_person() -> None:
    assert _decided(PLAIN[0]) == "show"
    assert _decided(TOO_TELLING[0]) == "leave_out"
    assert _decided("de heer ZILVERHOUT was er") == "named"


def noted(*said: Said) -> RemarkBooks:
    books = RemarkBooks()
    for one in said:
        books.note(one)
    return books


def test_five_that_were_kept_are_reviewed_and_then_published() -> None:
    books = noted(*FIVE[:4], Said(), Said(is_withheld=True))
    books.open("2026-W03", [], [])
    assert (books.agrees, len(books.waiting)) == (True, 5)
    books.note(FIVE[4])
    books.open("2026-W04", [], SEEN)
    books.open("2026-W05", PLAIN[4::-1], [])
    assert books.agrees
    assert (books.waiting, books.to_publish) == ([], [])
    counts = (books.written, books.kept, books.withheld, books.left_out)
    assert counts == (7, 5, 1, 1)
    assert (books.reviewed, books.approved, books.published) == (5, 5, 5)


def test_what_is_not_approved_is_not_published() -> None:
    books = noted(*FIVE)
    books.open("2026-W04", [], [Verdict(SEEN[0].text, False), *SEEN[1:]])
    assert (books.agrees, books.to_publish) == (True, list(PLAIN[1:5]))
    books.open("2026-W05", PLAIN[1:5], [])
    assert books.differing == ["2026-W05"]


@pytest.mark.parametrize(
    "seen", [[], SEEN[1:], [*SEEN[1:], Verdict("iets anders", True)]]
)
def test_a_remark_that_is_lost_or_changed_is_told(seen: list[Verdict]) -> None:
    books = noted(*FIVE)
    books.open("2026-W04", [], seen)
    assert (books.agrees, books.differing) == (False, ["2026-W04"])


def test_a_name_that_is_kept_is_told() -> None:
    books = noted(Said(f"Mevrouw {NAMES[0]} helpt"))
    assert (books.agrees, books.leaks) == (False, 1)
