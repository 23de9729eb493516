"""Differencing: what follows from all published figures together, by exact algebra.

Each figure is a sum over a set of people. Whatever can be reckoned from the figures is
a linear combination of those sets; so the smallest group somebody can learn anything
about is the smallest set in their span.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

People = frozenset[int]
Number = int | Fraction
Vector = tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """What the figures give away.

    Args:
        smallest: people in the smallest group that a figure can be worked out for; 0
            where there is no figure at all.
        determined: people whose own contribution can be worked out.
    """

    smallest: int
    determined: int


def solve(figures: Iterable[People]) -> Solved:
    """Work out the smallest group that can be told apart."""
    sets = sorted({one for one in figures if one}, key=sorted)
    atoms = atoms_of(sets)
    sizes = [len(atom) for atom in atoms]
    rows = [tuple(int(atom <= one) for atom in atoms) for one in sets]
    basis = reduced(rows)
    # The elimination finds whatever stands alone; differences of two are tried as well,
    # of what it found and of the figures themselves.
    found = [row for row in basis if _is_group(row)]
    for known in (found, rows):
        found = found + [
            difference
            for one, other in combinations(known, 2)
            for difference in (_less(one, other), _less(other, one))
            if _is_group(difference)
        ]
    people = (
        sum(size for size, part in zip(sizes, row, strict=True) if part)
        for row in found
    )
    determined = sum(
        size == 1 and _alone(place, len(atoms)) in basis
        for place, size in enumerate(sizes)
    )
    return Solved(min(people, default=0), determined)


def atoms_of(sets: Sequence[People]) -> list[People]:
    """Give the groups of people who are in the very same figures."""
    figures: dict[int, int] = {}
    for number, one in enumerate(sets):
        for person in one:
            figures[person] = figures.get(person, 0) | 1 << number
    by_figures: dict[int, set[int]] = {}
    for person, which in figures.items():
        by_figures.setdefault(which, set()).add(person)
    return [frozenset(people) for people in by_figures.values()]


def reduced(rows: Sequence[Vector]) -> list[Vector]:
    """Give the reduced row echelon form, without rows of zeros."""
    left, done = list(rows), list[Vector]()
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = tuple(_divided(part, pivot[column]) for part in pivot)
        left = [_without(row, pivot, column) for row in left]
        left = [row for row in left if any(row)]
        done = [_without(row, pivot, column) for row in done] + [pivot]
    return done


def _divided(part: Number, by: Number) -> Number:
    exact = Fraction(part) / Fraction(by) if by != 1 else part
    # Whole numbers are reckoned with ten times as fast.
    return int(exact) if exact == int(exact) else exact


def _without(row: Vector, pivot: Vector, column: int) -> Vector:
    factor = row[column]
    if not factor:
        return row
    return tuple(a - factor * b if b else a for a, b in zip(row, pivot, strict=True))


def _less(one: Vector, other: Vector) -> Vector:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _is_group(row: Vector) -> bool:
    return any(row) and all(part in (0, 1) for part in row)


def _alone(place: int, many: int) -> Vector:
    return tuple(int(number == place) for number in range(many))
