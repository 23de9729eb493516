"""What is live, what is only a draft, and what the entries lead to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.commands.doctor.finding import Finding, fault, mind, ok
from bot.commands.publishing import Draft, read_draft
from bot.config import Installation
from bot.core.flow import FlowDefinition
from bot.errors import FlowError, InputError


def check_flows(
    installation: Installation,
    live: Mapping[str, str],
    published: Mapping[str, Sequence[FlowDefinition]],
    today: date,
) -> Iterator[Finding]:
    """Say of every flow whether clients are asked what the file says.

    Args:
        live: the content hash of what is live, by name of flow.
        published: every version ever, by name of flow.
        today: the day by which waivers expire.
    """
    enabled = installation.config.enabled
    for name in enabled:
        before = published.get(name, ())
        yield from _flow(installation, name, live.get(name), today, before)
    for name in sorted(live.keys() - set(enabled)):
        yield mind("flow-not-enabled", name=name)


def check_entries(
    installation: Installation, live: Mapping[str, str]
) -> Iterator[Finding]:
    """Say which fixed links lead nowhere."""
    entries = installation.config.entries
    lost = [name for name, entry in entries.items() if entry.flow not in live]
    for name in lost:
        yield fault("entry-lost", name=name, flow=entries[name].flow)
    if entries and not lost:
        yield ok("entries", names=", ".join(entries))


def _flow(
    installation: Installation,
    name: str,
    live: str | None,
    today: date,
    before: Sequence[FlowDefinition],
) -> Iterator[Finding]:
    try:
        draft: Draft | None = read_draft(installation.flows, name, today, before)
    except FlowError as error:
        draft = None
        path = installation.flows / f"{name}.yaml"
        yield mind("draft-broken", name=name, count=len(error.issues), path=path)
    except InputError:
        draft = None
        yield mind("draft-missing", name=name, folder=installation.flows)
    if live is None:
        yield fault("flow-not-live", name=name)
    elif draft is None or draft.flow.content_hash == live:
        yield ok("flow-live", name=name)
    else:
        yield mind("draft-differs", name=name)
    if draft is not None and draft.warnings:
        path = installation.flows / f"{name}.yaml"
        yield mind("draft-warned", name=name, count=len(draft.warnings), path=path)
