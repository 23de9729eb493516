"""What the staff decided about the figures, and what they did with them."""

from bot.digest.export.history import History
from bot.digest.export.table import Column, Table, week


def decisions(history: History) -> Table:
    """Give a row for each new nulmeting, with its reason."""
    return Table(
        "besluiten",
        (week(), Column("vragenlijst"), Column("vraag"), Column("reden")),
        ("week", "vragenlijst", "vraag"),
        [(one.week, one.flow, one.question, one.reason) for one in history.baselines],
    )


def deeds(history: History) -> Table:
    """Give a row for everything that was noted as done."""
    return Table(
        "gedaan",
        (week(), Column("tekst")),
        ("week", "tekst"),
        [(one.week, one.text) for one in history.deeds],
    )
