"""Read the labelled remarks, text and marks apart; it never judges what is marked.

A line is a language, a tab and the text, in which `[[TYPE|item]]` marks an item and
`\\n` stands for a line break. A line that starts with `#` is a comment.
"""

import re
from dataclasses import dataclass
from pathlib import Path

KINDS = frozenset(
    (
        "NAAM",
        "BSN",
        "IBAN",
        "TELEFOON",
        "E-MAIL",
        "LINK",
        "GEBRUIKER",
        "DOSSIER",
        "POSTCODE",
        "ADRES",
        "DATUM",
        "NUMMER",
    )
)

_MARK = re.compile(r"\[\[(?P<kind>[^|\[\]]*)\|(?P<item>[^|\[\]]+)\]\]")


@dataclass(frozen=True, slots=True)
class Span:
    """Where an item stands in the text without marks, end excluded, and its type."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A remark as the client typed it, and what in it is personal, in order."""

    lang: str
    text: str
    spans: tuple[Span, ...]

    def items(self) -> tuple[tuple[str, str], ...]:
        """Give the type and the very words of each item."""
        return tuple(
            (span.kind, self.text[span.start : span.end]) for span in self.spans
        )


def parse_line(line: str) -> Labelled:
    """Read one remark.

    Raises ValueError, which quotes the line, where the language is missing, a mark is
    broken, or its type is none of `KINDS`.
    """
    lang, tab, marked = line.partition("\t")
    if not lang or not tab or not marked.strip():
        raise ValueError(f"{line!r} is not a language, a tab and a text")
    marked = marked.replace("\\n", "\n")
    text = ""
    spans = []
    after = 0
    for mark in _MARK.finditer(marked):
        if mark["kind"] not in KINDS:
            raise ValueError(f"{line!r} has the unknown type {mark['kind']!r}")
        text += marked[after : mark.start()]
        spans.append(Span(mark["kind"], len(text), len(text) + len(mark["item"])))
        text += mark["item"]
        after = mark.end()
    text += marked[after:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"{line!r} has a mark that is not [[TYPE|item]]")
    return Labelled(lang, text, tuple(spans))


def read_remarks(path: Path) -> tuple[Labelled, ...]:
    """Read a file of remarks, in UTF-8.

    Raises ValueError, with the file and the line, where a line is no labelled remark.
    """
    remarks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        try:
            remarks.append(parse_line(line))
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
    return tuple(remarks)
