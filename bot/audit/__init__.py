"""The attacks of docs/anonymity.md, for whoever does not take our word for it.

Everything here only reads, and reads files as bytes: SQLite never opens one. It takes
nothing from the parts that it audits but the way a row's name is made and what a
published flow may hold, which are needed to attack them.
"""

from collections.abc import Iterator

from bot.audit.before import check_before
from bot.audit.counted import check_counted
from bot.audit.evidence import Evidence, databases_in, keys_in, seeds_in
from bot.audit.files import (
    check_files,
    check_settings,
    check_unused_space,
)
from bot.audit.finding import Level, Result
from bot.audit.keyring import check_keys
from bot.audit.loglines import check_logs
from bot.audit.people import check_people
from bot.audit.remarks import check_remarks
from bot.audit.sealed import check_sealed
from bot.audit.stored import check_row_order, check_stored, check_values, list_stored
from bot.audit.tokens import check_tokens

__all__ = [
    "Evidence",
    "Level",
    "Result",
    "audit",
    "databases_in",
    "keys_in",
    "seeds_in",
]


def audit(evidence: Evidence) -> Iterator[Result]:
    """Carry out every attack, and say of each what came of it."""
    yield from check_files(evidence)
    yield from check_settings(evidence)
    yield from check_stored(evidence)
    yield from check_values(evidence)
    yield from check_row_order(evidence)
    yield from check_counted(evidence)
    yield from check_remarks(evidence)
    yield from check_sealed(evidence)
    yield from check_unused_space(evidence)
    yield from check_keys(evidence)
    yield from check_logs(evidence)
    yield from check_people(evidence)
    yield from check_tokens(evidence)
    yield from check_before(evidence)
    yield from list_stored(evidence)
