"""What each attack came to, on the product and on a planted leak; one table at the end.

An attack that finds nothing proves nothing until it has found something: so each must
also be shown to succeed against a part that was made naively.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any, Final

ATTACKS: Final = {
    1: "scan of every byte",
    2: "order, and who answered",
    3: "two snapshots differenced",
    4: "keys taken after the opening",
    5: "brute force over a list of 6,000 ids",
    6: "differencing of all published figures",
    7: "from a remark to grades",
    8: "logs",
    9: "what else a link carries",
    10: "changes, clocks, old copies",
    11: "the draw",
    12: "answering twice",
    13: "a forbidden dimension",
    14: "upgrade with data",
}


ROW: Final = "attack"
"""Names a row among a test's properties, which a run in several processes passes on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an attack came to, in one short phrase, and whether that is a leak."""

    says: str
    leaks: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One way of one attack.

    Args:
        how: this way of the attack.
        planted: the part that was made naively, to be caught.
    """

    number: int
    how: str
    planted: str
    product: Finding
    plant: Finding

    def plain(self) -> dict[str, Any]:
        """Give the row as plain values, which can go from process to process."""
        return asdict(self)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Row":
        """Make a row of what `plain` gave."""
        product, plant = (Finding(**plain[side]) for side in ("product", "plant"))
        return cls(plain["number"], plain["how"], plain["planted"], product, plant)

    @property
    def holds(self) -> bool:
        """Say whether the product gave nothing away and the plant did."""
        return self.plant.leaks and not self.product.leaks

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Give the row as text."""
        return (
            f"    {self.how}",
            ("LEAKS: " if self.product.leaks else "") + self.product.says,
            self.planted,
            ("caught: " if self.plant.leaks else "NOT CAUGHT: ") + self.plant.says,
        )


@dataclass(slots=True)
class Table:
    """The rows of this run."""

    rows: list[Row] = field(default_factory=list)

    def hold(
        self, number: int, how: str, planted: str, product: Finding, plant: Finding
    ) -> None:
        """Note what came of an attack; fail where the product leaks or the plant not.

        Args:
            how: this way of the attack.
            planted: what was made naively.
        """
        self.rows.append(Row(number, how, planted, product, plant))
        assert not product.leaks, f"attack {number}, {how}: {product.says}"
        assert plant.leaks, f"attack {number}, {how}, {planted}: {plant.says}"

    def lines(self) -> Iterator[str]:
        """Give the table as text."""
        head = (" #  attack", "on the product", "planted leak", "on the planted leak")
        rows = sorted(self.rows, key=lambda row: (row.number, row.how, row.planted))
        widths = [
            max(map(len, column))
            for column in zip(head, *(row.cells for row in rows), strict=True)
        ]
        yield _line(head, widths)
        for number, ways in groupby(rows, key=lambda row: row.number):
            yield f"{number:2}  {ATTACKS[number]}"
            yield from (_line(row.cells, widths) for row in ways)
        yield ""
        yield self._sum()

    def _sum(self) -> str:
        tried = {row.number for row in self.rows}
        failed = sorted({row.number for row in self.rows if not row.holds})
        said = f"{len(tried)} of {len(ATTACKS)} attacks, in {len(self.rows)} ways: "
        if failed:
            return said + f"FAILED {', '.join(map(str, failed))}."
        return said + "all at chance or empty, and every planted leak was caught."


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return "  ".join(text.ljust(width) for text, width in pairs).rstrip()
