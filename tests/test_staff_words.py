"""What staff read: every code has its text, in every language, and its facts fit."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages import Catalogue

ROOT = Path(__file__).parents[1]
ERRORS = {
    "ConfigError",
    "DrawingError",
    "InputError",
    "KeyFault",
    "StorageError",
    "TransportError",
}
WORDS = Catalogue.load()


def _raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Give (code, facts) of every error that the source raises with a literal code."""
    for folder in ("bot", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in ERRORS
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    facts = (word.arg for word in node.keywords if word.arg)
                    yield str(node.args[0].value), frozenset(facts)


RAISED = sorted(set(_raised()))


@pytest.mark.parametrize(("code", "facts"), RAISED)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_error_can_be_said_with_the_facts_that_it_carries(
    code: str, facts: frozenset[str], language: str
) -> None:
    text = WORDS.text(f"staff.error.{code}", language, **dict.fromkeys(facts, "x"))
    assert len(text) > 10


def test_many_codes_are_found_in_the_source() -> None:
    assert len({code for code, _ in RAISED}) > 25


def test_both_languages_have_the_same_keys_and_the_same_blanks() -> None:
    def blanks(language: str) -> dict[str, set[str]]:
        return {
            key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for key, text in WORDS.texts("staff", language).items()
        }

    assert blanks("nl") == blanks("en")
