"""What somebody needs who types what is no answer: help, or the right telephone number.

Known by the word lists in `words/`, which miss cases. What was typed goes nowhere: it
is neither stored nor told to anybody.
"""

from functools import cache
from importlib.resources import files

from bot.needs.lists import Need, WordList, read_list
from bot.needs.matching import Matcher
from bot.needs.reading import LONGEST, words_of

__all__ = ["LONGEST", "Need", "needs_of"]


def needs_of(text: str) -> Need | None:
    """Say what somebody who typed this needs; None where nothing is recognised.

    Every list is tried, whatever the language of the survey: who is in trouble writes
    in the language that comes first.
    """
    words = words_of(text)
    return next((need for need, matcher in _matchers() if matcher.finds(words)), None)


@cache
def _matchers() -> tuple[tuple[Need, Matcher], ...]:
    """Give what finds each need, in the order in which they are answered."""
    lists = _lists()
    return tuple(
        (need, Matcher.of([line for each in lists for line in each.lines[need]]))
        for need in Need
    )


def _lists() -> tuple[WordList, ...]:
    folder = files(__name__) / "words"
    return tuple(
        read_list(file.name, file.read_text("utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".txt")
    )
