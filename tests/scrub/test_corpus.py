"""The labelled remarks of the tuned half are scrubbed as well as they were.

The bars are a little below what was reached; a layer that breaks falls below them.
"""

import pytest

from bench import remarks
from bench.remarks import Tally, tally
from tests.corpus.remarks.reading import KINDS, parse_line


def test_the_tuned_half_is_found_as_well_as_before() -> None:
    found = tally(remarks.remarks("tuned"))
    figures = found.figures
    assert figures["names"] >= 98
    assert figures["precision"] >= 98
    assert figures["clean altered"] <= 3
    assert min(found.recall([kind]) for kind in KINDS) >= 90
    assert set(figures) == set(remarks.BARS)


def test_an_item_is_found_when_every_letter_of_it_is_gone() -> None:
    lines = (
        "nl\tmevrouw [[NAAM|Jansen]] zei ٠٦ dat [[BSN|123456782]] klopt",
        "nl\tde [[NAAM|kuiper]] van de boot",
        "nl\tbel xolwemi en dan 0612345678",
    )
    found = tally(map(parse_line, lines), knows_language=False)
    assert (dict(found.items), dict(found.found)) == (
        {"NAAM": 2, "BSN": 1},
        {"NAAM": 1, "BSN": 1},
    )
    assert (found.right, found.wrong, found.clean, found.altered) == (2, 1, 1, 1)


def test_nothing_measured_is_no_fault() -> None:
    assert Tally().recall(KINDS) == 0.0


def test_the_table_holds_every_type_and_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    few = remarks.remarks("tuned")[:20]
    monkeypatch.setattr(remarks, "remarks", lambda _: few)
    table = remarks.table(["tuned"])
    assert all(f"  {kind} " in table for kind in KINDS)
    assert all(f"{name} " in table for name in remarks.BARS)
