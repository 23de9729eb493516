"""Read a word list: the phrases that tell a need, and those that take one back.

A line is a phrase, below its need in brackets; `docs/help.md` says how to write one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from bot.needs.reading import squeezed


class Need(StrEnum):
    """What a text asks for; each has a text of its own in the message catalogue.

    In this order: where a text asks for more than one, the first is answered.
    """

    CRISIS = "crisis"
    OBJECTION = "objection"
    COMPLAINT = "complaint"
    QUESTION = "question"


_START: Final = "^"
_END: Final = "$"
"""The beginning and the end of a sentence; no word is written like these."""

_GAP: Final = "..."
_BACK: Final = "-"
_GROUPS: Final = "words"

_HEAD: Final = re.compile(r"\[(\w+)\]")
_GROUP: Final = re.compile(r"(\w+) = (\S.*)")
_NAMED: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a word of a phrase.

    Args:
        text: the letters, as `bot.needs.reading` writes them.
        opens: whether letters may stand before them.
        goes_on: whether letters may follow them.
    """

    text: str
    opens: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """The ways to write one word of a phrase, and whether words may follow it."""

    forms: tuple[Form, ...]
    is_before_gap: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase; or, where it takes back, one whose words do not tell the need.

    Args:
        begins: whether it stands at the beginning of a sentence only.
        ends: whether it stands at the end of one only.
    """

    slots: tuple[Slot, ...]
    takes_back: bool = False
    begins: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class WordList:
    """One file, its lines by the need that they tell."""

    lines: Mapping[Need, tuple[Line, ...]]


def read_list(name: str, text: str) -> WordList:
    """Read a list.

    Raises:
        ValueError: with the file, the line and what is wrong with it.
    """
    lines: dict[Need, list[Line]] = {need: [] for need in Need}
    groups: dict[str, str] = {}
    section = ""
    for number, written in enumerate(text.splitlines(), 1):
        said = written.partition("#")[0].strip()
        if not said:
            continue
        try:
            if head := _HEAD.fullmatch(said):
                section = _section(head[1])
            elif section == _GROUPS:
                group, forms = _group(said)
                groups[group] = forms
            else:
                lines[_need(section)].append(_line(said, groups))
        except ValueError as error:
            raise ValueError(f"{name}:{number}: {error}: {said}") from None
    return WordList({need: tuple(found) for need, found in lines.items()})


def _section(written: str) -> str:
    if written not in {_GROUPS, *Need}:
        raise ValueError(f"write [{_GROUPS}], [{'], ['.join(Need)}]")
    return written


def _need(section: str) -> Need:
    if not section:
        raise ValueError("a line stands before the first [need]")
    return Need(section)


def _group(said: str) -> tuple[str, str]:
    """Give the name of a group and its words, as a phrase has them."""
    if not (found := _GROUP.fullmatch(said)):
        raise ValueError("write a name, = and words")
    return found[1], "|".join(found[2].split())


def _line(said: str, groups: Mapping[str, str]) -> Line:
    words = said.split()
    takes_back = words[0] == _BACK
    words = words[takes_back:]
    begins = words[:1] == [_START]
    words = words[begins:]
    ends = words[-1:] == [_END]
    slots = tuple(_slots(words[: len(words) - ends], groups))
    return Line(slots, takes_back, begins, ends)


def _slots(words: list[str], groups: Mapping[str, str]) -> Iterator[Slot]:
    if not words or _GAP in (words[0], words[-1]):
        raise ValueError(f"a phrase begins and ends with a word, not with {_GAP}")
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word != _GAP:
            written = _NAMED.sub(lambda name: _words_of(name[1], groups), word)
            forms = tuple(_form(form) for form in written.split("|"))
            yield Slot(forms, following == _GAP)
        elif following == _GAP:
            raise ValueError(f"{_GAP} stands there twice")


def _words_of(name: str, groups: Mapping[str, str]) -> str:
    if name not in groups:
        raise ValueError(f"there is no group {name}")
    return groups[name]


@cache
def _form(written: str) -> Form:
    letters = squeezed(written)
    if not letters:
        raise ValueError("a word without letters")
    return Form(letters, written.startswith("*"), written.endswith("*"))
