"""Remarks put into the box as the door puts them there: sealed, under random names."""

import secrets
from collections.abc import Iterable

from bot.anonymity.seal import pack_remark
from bot.app import App
from bot.ballots import RemarkBallot, SealedBallot
from bot.core.flow import FlowDefinition
from bot.remarks import Scrubbed, Withheld

Remark = str | Withheld | None


def sealed_remarks(
    app: App, flow: FlowDefinition, remarks: Iterable[Remark]
) -> list[SealedBallot]:
    """Seal what these people said, one ballot each, in their order."""
    box = app.door._box
    return [
        SealedBallot(secrets.token_bytes(16), box.seal_ballot(pack_remark(ballot)))
        for remark in remarks
        for ballot in [RemarkBallot(flow.content_hash, _scrubbed(remark))]
    ]


async def drop_remarks(
    app: App, flow: FlowDefinition, remarks: Iterable[Remark]
) -> list[SealedBallot]:
    """Let people say this one after the other; give what lies in the box of it."""
    ballots = sealed_remarks(app, flow, remarks)
    for ballot in ballots:
        await app.stores.ballots.drop(await app.stores.ballots.epoch(), [ballot])
    return ballots


def _scrubbed(remark: Remark) -> Scrubbed | Withheld | None:
    if remark is None or isinstance(remark, Withheld):
        return remark
    return Scrubbed(remark)
