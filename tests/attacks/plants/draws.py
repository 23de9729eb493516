"""A seed that outlives its week, a list of the invited, a ballot with its token."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.anonymity.keys import KeyFolder
from bot.commands import drawing
from bot.invited import invited as rows_of
from bot.service.admission import Admission, Admitted, Reception

_invited = Reception.invited
_rows = rows_of


@contextmanager
def draws_remembered(data: Path) -> Iterator[None]:
    """Keep, just in case: the seed, who was invited, and which token a ballot is of."""

    def only_keys(self: KeyFolder, keep: frozenset[str]) -> list[Path]:
        return [self._path(epoch) for epoch in sorted(self.ids() - keep)]

    def noted(*args: Any) -> Any:
        rows = _rows(*args)
        lines = (f"{one.reference};{one.phase}\n" for one in rows)
        (data / "invited.csv").write_text("".join(lines))
        return rows

    async def invited(
        self: Reception, subject: str, code: str, language: str
    ) -> Admission:
        admission = await _invited(self, subject, code, language)
        if isinstance(admission, Admitted):
            token = hashlib.blake2b(code.encode(), digest_size=16).hexdigest()
            # A field of a frozen value, set as no honest code would.
            object.__setattr__(admission.session, "ballot", token)
        return admission

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeyFolder, "_all_but", only_keys)
        patch.setattr(drawing, "invited", noted)
        patch.setattr(Reception, "invited", invited)
        yield
