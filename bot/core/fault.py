"""What is told of a fault in a file: its rule, and facts for the blanks of its text."""

from collections.abc import Iterable
from typing import Final

from pydantic_core import PydanticCustomError

OWN: Final = "own:"
"""Marks the faults that our validators raise among those of pydantic."""


_SHORTEST_SLIP: Final = 3
"""One letter wrong in a word of two is another word."""


def fault(rule: str, **facts: str | int) -> PydanticCustomError:
    """Make what a validator raises to say which of our rules was broken.

    The fact `at`, if given, names the key below the validated value that is at fault.
    """
    return PydanticCustomError(f"{OWN}{rule}", "a rule of ours", facts)


def not_among(
    found: str, choices: Iterable[str], likely: Iterable[str] = ()
) -> dict[str, str]:
    """Give the facts of a word that is not among the choices; `likely` ones first."""
    choices = tuple(choices)
    near = nearest(found, likely, is_likely=True) or nearest(found, choices)
    facts = {"found": shown(found), "choices": ", ".join(choices)}
    return facts | ({"case": "near", "near": near} if near else {"case": "choice"})


def shown(text: str, most: int = 40) -> str:
    """Shorten a text for a message, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def nearest(
    found: str, choices: Iterable[str], *, is_likely: bool = False
) -> str | None:
    """Give the choice that a slip of the keyboard would turn into what was found.

    Args:
        is_likely: one of the choices was expected here, and half a word tells which.
    """
    if len(found) < _SHORTEST_SLIP:
        return None
    most = (len(found) + 1) // 2 if is_likely else 1 + len(found) // 4
    near = [
        (distance, choice)
        for choice in choices
        # A word of another length cannot be near: this also keeps long ones cheap.
        if abs(len(choice) - len(found)) <= most
        and (distance := _distance(found.lower(), choice.lower())) <= most
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _distance(one: str, other: str) -> int:
    """Count letters added, lost, changed or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one):
        row = [i + 1]
        for j, b in enumerate(other):
            cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
