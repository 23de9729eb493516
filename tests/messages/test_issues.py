"""How an issue looks to the person who has to mend it."""

import pytest

from bot.errors import Issue
from bot.messages import Catalogue
from bot.messages.issues import format_issue

FACTS = {"case": "near", "found": "scal", "near": "scale", "choices": "name, scale"}
ISSUE = Issue(
    "flows/balie.yaml",
    30,
    5,
    "error",
    "unknown-key",
    tuple(FACTS.items()),
    excerpt="    scal: agree_4",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def excerpt(catalogue: Catalogue, line: str, column: int) -> list[str]:
    """Give the lines between the message and its remedy."""
    issue = Issue("x", 1, column, "warn", "tab", excerpt=line)
    return format_issue(issue, catalogue, "en").split("\n")[2:-1]


def test_an_issue_says_where_what_and_how_to_mend_it(catalogue: Catalogue) -> None:
    assert format_issue(ISSUE, catalogue, "nl").split("\n") == [
        "flows/balie.yaml:30:5  FOUT  unknown-key",
        '  Dit veld ken ik niet: "scal". Bedoelde u "scale"?',
        "        scal: agree_4",
        "        ^",
        "  Zo lost u het op: Mogelijke velden: name, scale",
    ]


def test_an_issue_is_told_in_english_too(catalogue: Catalogue) -> None:
    assert format_issue(ISSUE, catalogue, "en").split("\n") == [
        "flows/balie.yaml:30:5  ERROR  unknown-key",
        '  I do not know this field: "scal". Did you mean "scale"?',
        "        scal: agree_4",
        "        ^",
        "  How to mend it: Possible fields: name, scale",
    ]


def test_a_line_without_anything_to_see_is_left_out(catalogue: Catalogue) -> None:
    assert excerpt(catalogue, "  ", 3) == []


def test_a_tab_and_an_escape_sequence_do_not_move_the_caret(
    catalogue: Catalogue,
) -> None:
    assert excerpt(catalogue, "\ta\x1b[2Jb", 7) == ["    →a�[2Jb", "          ^"]


@pytest.mark.parametrize(
    ("column", "seen"),
    [
        (1, ["    " + "0123456789" * 7 + "012345…", "    ^"]),
        (76, ["    " + "0123456789" * 7 + "012345…", "    " + " " * 75 + "^"]),
        (
            101,
            ["    …" + "0123456789" * 7 + "012345…", "    " + " " * 41 + "^"],
        ),
        (200, ["    …9" + "0123456789" * 4, "    " + " " * 41 + "^"]),
    ],
)
def test_a_long_line_is_cut_around_the_fault(
    catalogue: Catalogue, column: int, seen: list[str]
) -> None:
    assert excerpt(catalogue, "0123456789" * 20, column) == seen
