"""Quotes that are missing, or that are none."""

import pytest

from bot.errors import FlowError
from bot.quotes import (
    begins_curly,
    curly_quote,
    ends_quoted,
    missing_quote,
    open_quote,
)
from bot.yamlfile import read


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("", None),
        ("nl: tekst", None),
        ('nl: "tekst"', None),
        ('nl: "tekst', 4),
        ("  - 'tekst", 4),
        ("{nl: 'It''s', en: \"a \\\" b\"}", None),
        ("{nl: 'It''s', en: \"a \\\" b}", 18),
        ('a: "b": "c', 8),
        ("nl: dat's", None),
        ('"', 0),
    ],
)
def test_a_quote_that_is_not_closed_on_its_line_is_found(
    line: str, place: int | None
) -> None:
    assert open_quote(line) == place


def test_the_line_is_told_where_the_quote_is_missing() -> None:
    lines = ["label:", '  nl: "Hoe ging het?', '  en: "How was it?"', "scale: agree"]
    assert missing_quote(lines, 3) == (2, 7)
    assert missing_quote(lines, 2) == (2, 7)
    assert missing_quote(["a: b", "c: d"], 2) is None
    assert missing_quote(['a: "b'], 1) == (1, 4)
    # A text may run on.
    assert missing_quote(['a: "one', '  two" three'], 2) is None


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("", False, False),
        ("“Ja”", True, False),
        ('Ja"', False, True),
        ("Ja", False, False),
    ],
)
def test_what_is_pasted_is_seen(text: str, begins: bool, ends: bool) -> None:
    assert (begins_curly(text), ends_quoted(text)) == (begins, ends)


def test_a_curly_quote_is_found_where_a_value_begins() -> None:
    assert curly_quote("  nl: “Ja: nee”") == 6
    assert curly_quote("  nl: “Ja") == 6
    assert curly_quote('  nl: "“Ja”"') is None


def test_what_was_pasted_is_told_before_what_it_broke_further_on() -> None:
    with pytest.raises(FlowError) as refused:
        read("x", "a: “Ja”\nb: c: d\n")
    assert [(i.line, dict(i.facts)) for i in refused.value.issues] == [
        (1, {"case": "curly"})
    ]
