"""All that an export may be made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.ballots import Batch, Ledger, PhaseTotal
from bot.core.flow import FlowDefinition
from bot.decisions import Deed, NewBaseline
from bot.reviews import PublishedRemark


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a survey.

    Args:
        number: as `publish` gave it.
        week: ISO week in which it first went live.
    """

    flow: FlowDefinition
    number: int
    week: str


def by_name(
    versions: Iterable[Version], live: Mapping[str, str]
) -> dict[str, list[FlowDefinition]]:
    """Give the versions of each survey, oldest first but what is live last of all.

    An earlier version that was made live once more is what clients saw last.
    """
    found: dict[str, list[FlowDefinition]] = {}
    for version in versions:
        found.setdefault(version.flow.flow, []).append(version.flow)
    now = set(live.values())
    return {
        name: sorted(flows, key=lambda flow: flow.content_hash in now)
        for name, flows in found.items()
    }


@dataclass(frozen=True, slots=True)
class History:
    """What was released, decided, done and published so far; nothing that waits.

    Args:
        week: ISO week of the newest opening; None before the first.
        live: content hash by name of flow.
    """

    week: str | None
    batches: Sequence[Batch]
    versions: Sequence[Version]
    live: Mapping[str, str]
    phases: Sequence[PhaseTotal] = ()
    baselines: Sequence[NewBaseline] = ()
    deeds: Sequence[Deed] = ()
    remarks: Sequence[PublishedRemark] = ()
    flows: Mapping[str, FlowDefinition] = field(init=False)
    """Every version by content hash."""

    def __post_init__(self) -> None:
        flows = {one.flow.content_hash: one.flow for one in self.versions}
        object.__setattr__(self, "flows", flows)

    def ledger(self) -> Ledger | None:
        """Give what the digests of the newest opening were made of, decisions since."""
        if self.week is None:
            return None
        return Ledger(
            self.week,
            self.batches,
            self.flows,
            self.live,
            baselines=self.baselines,
            deeds=self.deeds,
        )
