"""What people wrote, as the weekly digests published it; a text and no other thing."""

from bot.digest.export.history import History
from bot.digest.export.table import Column, Kind, Table, week


def remarks(history: History) -> Table:
    """Give a row for each published remark; chance gave the order within a week."""
    return Table(
        "opmerkingen",
        (
            week(),
            Column("vragenlijst"),
            Column("nummer", Kind.INTEGER, least=1),
            Column("tekst"),
        ),
        ("week", "vragenlijst", "nummer"),
        [
            (one.week, one.flow, one.place, " ".join(one.text.split()))
            for one in history.remarks
        ],
    )
