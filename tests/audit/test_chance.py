"""What chance finds is no finding, and what it does not find is."""

import math
import random
from pathlib import Path

import pytest

from bot.audit.chance import at_least, beyond_chance, expected, neighbour
from bot.audit.traces import People, Trace, scan


def test_so_many_short_traces_are_expected() -> None:
    assert expected([Trace("x", "y", b"12345")], 1 << 40) == 1
    assert expected([], 1 << 40) == 0


@pytest.mark.parametrize(
    ("count", "mean", "chance"),
    [
        (0, 5.0, 1.0),
        (1, 0.0, 0.0),
        (1, 1.0, 1 - math.exp(-1)),
        (3, 2.0, 1 - 5 * math.exp(-2)),
        (2, 1e-9, 5e-19),
        (10, 100.0, 1.0),
    ],
)
def test_the_tail_of_the_poisson_distribution(
    count: int, mean: float, chance: float
) -> None:
    assert at_least(count, mean) == pytest.approx(chance, rel=1e-6)


@pytest.mark.parametrize("number", [5, 99, 12_345, 999_999, 7_912_345_678])
def test_a_neighbour_has_as_many_digits(number: int) -> None:
    assert neighbour(number) != number
    assert len(str(abs(neighbour(number)))) <= len(str(number))


def test_where_nothing_is_found_nothing_is_explained(tmp_path: Path) -> None:
    verdict = beyond_chance([tmp_path], [7_912_345_678], [])
    assert (verdict.hits, verdict.by_chance) == ((), 0)


def test_one_person_in_a_file_is_no_chance(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(random.Random(1).randbytes(100_000) + b"7912345678")
    numbers = [7_912_345_678, 5_551_234_567]
    hits = scan(tmp_path, People(numbers))

    verdict = beyond_chance([tmp_path], numbers, hits)
    assert [hit.who for hit in verdict.hits] == ["7912345678"]
    assert verdict.by_chance == len(hits) - 1


def test_a_file_full_of_digits_holds_everybody_by_chance(tmp_path: Path) -> None:
    chance = random.Random(2)
    digits = "".join(chance.choice("0123456789") for _ in range(60_000))
    (tmp_path / "file").write_text(digits)
    numbers = [chance.randrange(10_000, 100_000) for _ in range(100)]
    hits = scan(tmp_path, People(numbers))

    assert len(hits) > 30
    assert not [
        hit
        for hit in beyond_chance([tmp_path], numbers, hits).hits
        if hit.encoding == "text utf-8"
    ]
