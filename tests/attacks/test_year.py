"""A whole year, attacked at its end with a copy of every week: the long form.

`make soak` lives it at 1, 3, 8 and 15 answers a week.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.audit.traces import People, scan
from tests.attacks.plants.keys import kept_for_ever, named_by_hmac
from tests.attacks.plants.sealing import sealed_by_nothing
from tests.attacks.plants.storage import no_secure_delete
from tests.attacks.plants.tallies import released_from
from tests.attacks.steps import differenced
from tests.attacks.table import Finding, Table
from tests.attacks.test_candidates import CANDIDATES, brute_force
from tests.attacks.test_differencing import MANY, attacked
from tests.attacks.test_keys import taken_after
from tests.attacks.town import new_ids
from tests.attacks.year import Year

WEEKS = 52


@contextmanager
def careless(keys: Path) -> Iterator[None]:
    """Leave out all care at once."""
    with (
        released_from(1),
        kept_for_ever(),
        named_by_hmac(keys),
        sealed_by_nothing(),
        no_secure_delete(),
    ):
        yield


def found_at_the_end(
    year: Year, folder: Path, candidates: Sequence[int]
) -> dict[int, Finding]:
    """Attack what is left of a year, with a copy from before and after each opening."""
    hits = scan(folder, People(year.came))
    return {
        1: Finding(f"{len(hits)} traces of {len(year.came)} people", bool(hits)),
        3: differenced(year.copies),
        4: taken_after(year.keys, year.copies[:-1]),
        5: brute_force(year.keys, year.copies, list(candidates)),
    }


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("answers", [1, 3, 8, MANY])
async def test_a_whole_year_gives_no_group_below_k_and_nobody_of_before(
    table: Table, quick_path: Path, answers: int
) -> None:
    plant = careless(quick_path / "naive" / "keys")
    real, naive, how = await attacked(table, quick_path, WEEKS, answers, plant)

    many = max(0, CANDIDATES - len(real.came))
    candidates = [*real.came, *new_ids(random.Random(6), many)]
    product = found_at_the_end(real, quick_path / "real", candidates)
    # A year of keys takes long to try; the first few show that it can be done.
    planted = found_at_the_end(naive, quick_path / "naive", naive.came[:50])
    for number, finding in product.items():
        table.hold(number, how, "no care at all", finding, planted[number])
