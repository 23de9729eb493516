"""Attack 6: all published figures together say nothing of fewer than ten people.

The quarter figures are attacked in `test_quarters.py`, where people have a phase.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.ballots import K
from tests.attacks.exported import exported
from tests.attacks.plants.publication import exported_per_batch, running_totals
from tests.attacks.plants.tallies import not_joined, released_from
from tests.attacks.solver import People, Solved, solve
from tests.attacks.table import Finding, Table
from tests.attacks.year import Year, year_of

MANY = 15
"""Answers a week, from which there are batches enough to tell two apart."""


def test_the_solver_finds_what_can_be_worked_out() -> None:
    a, b, c = (frozenset(range(n, n + 20)) for n in (0, 20, 40))
    one = frozenset([99])

    assert solve([a | b, b | c]) == Solved(40, 0)
    assert solve([a | b, b | c, c | a]) == Solved(20, 0)
    assert solve([a | b | one, b, a]) == Solved(1, 1)
    assert solve([a | b, b | c, c | a | one, one | b]) == Solved(1, 1)
    assert solve([]) == Solved(0, 0)


def worked_out(systems: Iterable[list[People]], unanimous: int = 0) -> Finding:
    """Solve every system of figures; give the smallest group of all."""
    solved = [solve(figures) for figures in systems if figures]
    smallest = min((one.smallest for one in solved), default=0)
    determined = max((one.determined for one in solved), default=0)
    said = f"smallest group {smallest or '-'}, determined {determined}"
    leaks = 0 < smallest < K or determined > 0 or unanimous > 0
    return Finding(said, leaks)


def figures_of(year: Year) -> list[list[People]]:
    """Give each measure's own figures, and all figures as if they were of one kind."""
    return [*year.measures.values(), year.answers]


def with_export(year: Year) -> Finding:
    """Solve all digests of a year together with an export at its end."""
    export = exported(year)
    both = {
        key: [*year.measures.get(key, ()), *people]
        for key, people in export.measures.items()
    }
    systems = [*(year.measures | both).values(), [*year.answers, *export.answers]]
    return worked_out(systems, year.unanimous + export.unanimous)


async def attacked(
    table: Table,
    folder: Path,
    weeks: int,
    answers: int,
    plant: AbstractContextManager[None] | None = None,
) -> tuple[Year, Year, str]:
    """Live a year, and a careless one, and attack the figures of both."""
    real = await year_of(folder / "real", weeks, answers)
    careless = plant or released_from(1)
    naive = await year_of(folder / "naive", weeks, answers, careless)

    assert all(completes >= K for completes in real.batches)
    found = with_export(real)
    how = f"{answers} a week for {weeks} weeks, {len(real.batches)} batches"
    table.hold(6, how, "no threshold", found, worked_out(figures_of(naive)))
    running = worked_out([[*running_totals(real.weekly)]])
    table.hold(6, how, "running totals", found, running)
    if answers == MANY:
        joinless = await year_of(folder / "joinless", weeks, answers, not_joined())
        apart = worked_out(figures_of(joinless))
        table.hold(6, how, "few answers not joined", found, apart)
        with exported_per_batch():
            per_batch = with_export(real)
        table.hold(6, how, "exported per batch", found, per_batch)
    return real, naive, how


@pytest.mark.parametrize(("answers", "weeks"), [(3, 20), (MANY, 12)])
async def test_no_figures_together_give_a_group_below_k(
    table: Table, quick_path: Path, answers: int, weeks: int
) -> None:
    await attacked(table, quick_path, weeks, answers)
