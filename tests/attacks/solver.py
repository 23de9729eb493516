"""Differencing: what follows from all published figures together, by exact algebra.

Each figure is a sum over a set of people. Whatever can be reckoned from the figures is
a linear combination of those sets; so the smallest group somebody can learn anything
about is the smallest set in their span.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

People = frozenset[int]
Vector = tuple[Fraction, ...]


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
    atoms = list(atoms_of(sets))
    sizes = [len(atom) for atom in atoms]
    basis = reduced([_vector(one, atoms) for one in sets])
    groups = [row for row in basis if _is_group(row)]
    # The elimination finds single atoms; differences of two are tried as well.
    for one, other in combinations(groups, 2):
        groups += [d for d in (_less(one, other), _less(other, one)) if _is_group(d)]
    found = [
        sum(s for s, part in zip(sizes, row, strict=True) if part) for row in groups
    ]
    found += [len(one - other) for one, other in permutations(sets, 2) if other < one]
    determined = sum(
        size == 1 and _alone(place, len(atoms)) in basis
        for place, size in enumerate(sizes)
    )
    return Solved(min(found, default=0), determined)


def atoms_of(sets: Sequence[People]) -> Iterable[People]:
    """Give the groups of people who are in the very same figures."""
    by_figures: dict[tuple[bool, ...], set[int]] = {}
    for person in frozenset().union(*sets):
        by_figures.setdefault(tuple(person in one for one in sets), set()).add(person)
    return (frozenset(people) for people in by_figures.values())


def reduced(rows: Sequence[Vector]) -> list[Vector]:
    """Give the reduced row echelon form, without rows of zeros."""
    left, done = list(rows), list[Vector]()
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = tuple(part / pivot[column] for part in pivot)
        left = [_without(row, pivot, column) for row in left]
        done = [_without(row, pivot, column) for row in done] + [pivot]
    return done


def _without(row: Vector, pivot: Vector, column: int) -> Vector:
    factor = row[column]
    if not factor:
        return row
    return tuple(a - factor * b for a, b in zip(row, pivot, strict=True))


def _less(one: Vector, other: Vector) -> Vector:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _vector(one: People, atoms: Sequence[People]) -> Vector:
    return tuple(Fraction(atom <= one) for atom in atoms)


def _is_group(row: Vector) -> bool:
    return set(row) == {Fraction(1)} or set(row) == {Fraction(0), Fraction(1)}


def _alone(place: int, many: int) -> Vector:
    return tuple(Fraction(number == place) for number in range(many))
