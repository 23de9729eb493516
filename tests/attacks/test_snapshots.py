"""Attack 3: no two copies, however close together, show what one person did."""

from pathlib import Path

from tests.attacks.plants.sealing import not_padded
from tests.attacks.plants.tallies import by_language, released_from, tallied
from tests.attacks.steps import differenced
from tests.attacks.table import Finding, Table
from tests.attacks.two_weeks import Evidence, two_weeks_in
from tests.doubles.builds import name_of_unwiping, unwiping


def daily(evidence: Evidence) -> Finding:
    """Difference the copies of all days, and those around the last opening."""
    return differenced([*evidence.older, evidence.data])


async def test_two_copies_differ_by_ten_people_or_by_nothing_readable(
    table: Table, quick_path: Path
) -> None:
    how = "daily, and around the opening"
    real = daily(await two_weeks_in(quick_path / "real"))
    for name, plant in (
        ("a tally per language", tallied(by_language)),
        ("released from 3", released_from(3)),
        ("not padded", not_padded()),
    ):
        naive = daily(await two_weeks_in(quick_path / name, plant))
        table.hold(3, how, name, real, naive)

    unset = daily(await two_weeks_in(quick_path / "unset", unwiping()))
    few = daily(await two_weeks_in(quick_path / "few", unwiping(released_from(3))))
    table.hold(3, f"{how}, {name_of_unwiping()}", "released from 3", unset, few)
