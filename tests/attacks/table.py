"""What each attack came to, on the product and on a planted leak; one table at the end.

An attack that finds nothing proves nothing until it has found something: so each must
also be shown to succeed against a part that was made naively.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

ATTACKS: Final = {
    1: "scan of every byte",
    2: "order, and who answered",
    3: "two snapshots differenced",
    4: "keys taken after the opening",
    5: "brute force over 6,000 ids",
    6: "differencing of all figures",
    7: "remark to grades",
    8: "logs",
    9: "what a link carries",
    10: "changes, clocks, old copies",
    11: "the draw",
    12: "answering twice",
    13: "a forbidden dimension",
    14: "upgrade with data",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What an attack came to, in one short phrase, and whether that is a leak."""

    says: str
    leaks: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One way of one attack."""

    number: int
    how: str
    product: Finding
    plant: Finding

    @property
    def holds(self) -> bool:
        """Say whether the product gave nothing away and the plant did."""
        return self.plant.leaks and not self.product.leaks


@dataclass(slots=True)
class Table:
    """The rows of this run."""

    rows: list[Row] = field(default_factory=list)

    def hold(self, number: int, how: str, product: Finding, plant: Finding) -> None:
        """Note what came of an attack; fail where the product leaks or the plant not.

        Args:
            how: this way of the attack, and what was planted: `daily | a tally`.
        """
        row = Row(number, how, product, plant)
        self.rows.append(row)
        assert not product.leaks, f"attack {number}, {how}: {product.says}"
        assert plant.leaks, f"attack {number}, {how}: not caught: {plant.says}"

    def lines(self) -> Iterator[str]:
        """Give the table as text."""
        head = ("", "attack", "on the product", "on the planted leak")
        cells = [head]
        before = 0
        for row in sorted(self.rows, key=lambda row: (row.number, row.how)):
            cells.append(
                (
                    str(row.number) if row.number != before else "",
                    f"{ATTACKS[row.number]}: {row.how}",
                    ("LEAKS " if row.product.leaks else "") + row.product.says,
                    ("caught " if row.plant.leaks else "NOT CAUGHT ") + row.plant.says,
                )
            )
            before = row.number
        widths = [max(len(row[place]) for row in cells) for place in range(4)]
        for one in cells:
            pairs = zip(one, widths, strict=True)
            yield "  ".join(text.ljust(width) for text, width in pairs).rstrip()
        yield ""
        yield self._sum()

    def _sum(self) -> str:
        tried = {row.number for row in self.rows}
        failed = sorted({row.number for row in self.rows if not row.holds})
        said = f"{len(tried)} of {len(ATTACKS)} attacks, in {len(self.rows)} ways: "
        if failed:
            return said + f"FAILED {', '.join(map(str, failed))}."
        return said + "all at chance or empty, and every planted leak was caught."
