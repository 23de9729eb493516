"""Look at the nulmetingen, and set one anew: a decision that the digest tells of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.app import App
from bot.core.flow import Origin
from bot.core.questions import Grade, Question
from bot.decisions import NewBaseline
from bot.desk import personal
from bot.digest import Ledger
from bot.digest.build import records
from bot.digest.model import Verdict
from bot.errors import InputError

SHORTEST: Final = 10
LONGEST: Final = 120
"""How many letters a reason may have; it stands in a message of 1,024."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How one question stands against its nulmeting, as the last digest told it."""

    flow: str
    question: Question
    origin: Origin
    verdict: Verdict

    @property
    def is_grade(self) -> bool:
        """Say whether its nulmeting is a mean; else it is a count."""
        return isinstance(self.question, Grade)

    @property
    def standing(self) -> str:
        """Say how far the nulmeting is: `running`, `no_baseline` or `done`."""
        if self.verdict.baseline is not None:
            return "done"
        return self.verdict.standing


async def compared(app: App) -> list[Compared]:
    """List every figure that the newest digests had; no others are told of."""
    week = await app.stores.ballots.last_opening()
    if week is None:
        return []
    return list(_compared(await app.ledger(week)))


def _compared(ledger: Ledger) -> Iterator[Compared]:
    for name, record in records(ledger):
        report = record.newest(ledger.week)
        for part in report.parts if report else ():
            for figure in part.judged:
                yield Compared(name, figure.question, part.origin, figure.verdict)


async def set_baseline(app: App, flow: str, question: str, reason: str) -> NewBaseline:
    """Let the nulmeting of a question begin anew after this week.

    Raises InputError as `proposed` does.
    """
    decision = await proposed(app, flow, question, reason)
    async with app.stores.lock:
        await app.stores.decisions.set_baseline(decision)
    return decision


async def proposed(app: App, flow: str, question: str, reason: str) -> NewBaseline:
    """Give the decision as it would be stored, and store nothing.

    Raises:
        InputError: no such flow is live, it has no such question, or the reason is too
            short or too long to be read, or holds what must not be published.
    """
    live = await app.stores.archive.live()
    if flow not in live:
        raise InputError("flow-not-live", name=flow)
    definition = await app.stores.archive.definition(live[flow])
    known = [one.name for one in definition.questions]
    if question not in known:
        raise InputError("no-such-question", name=question, known=", ".join(known))
    said = " ".join(reason.split())
    if not SHORTEST <= len(said) <= LONGEST:
        raise InputError("reason-length", least=SHORTEST, most=LONGEST, found=len(said))
    if personal(said) is not None:
        raise InputError("reason-personal")
    return NewBaseline(app.week, flow, question, said)
