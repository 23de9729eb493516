"""Open the box, show what came of it, and decide on it."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from bot.anonymity import OpeningReport
from bot.app import open_app
from bot.commands import (
    baselining,
    exporting,
    picturing,
    reviewing,
)
from bot.commands import deeds as doing
from bot.config import Installation
from bot.decisions import NewBaseline
from bot.digest.voice import Voice
from bot.errors import InputError
from bot.outbox import MAILTO, Dispatch, WrittenDigest
from bot.terminal import Terminal


def release(terminal: Terminal, args: argparse.Namespace) -> int:
    """Do the weekly opening now."""
    installation = terminal.installation(args)

    async def release() -> tuple[str, OpeningReport | None]:
        async with open_app(installation) as app:
            return app.week, await app.opening.open(app.clock(), app.week)

    week, report = asyncio.run(release())
    if report is None:
        terminal.say("said.opened-before", week=week)
    else:
        terminal.say("said.opened", week=report.week, batches=report.batches)
    return 0


def nulmeting(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show the nulmetingen, or set one anew."""
    installation = terminal.installation(args)
    if args.action is None:
        return _show_baselines(terminal, installation)
    if args.question is None or args.reason is None:
        raise InputError("nulmeting-what")
    words = (args.flow, args.question, args.reason)

    async def propose() -> NewBaseline:
        async with open_app(installation) as app:
            return await baselining.proposed(app, *words)

    async def decide() -> NewBaseline:
        async with open_app(installation) as app:
            return await baselining.set_baseline(app, *words)

    # Before anything is asked: else it would say what begins, and then that it cannot.
    terminal.explain("said.nulmeting-what", **asdict(asyncio.run(propose())))
    if not terminal.confirms(args.yes):
        return 1
    terminal.explain("said.nulmeting-set", **asdict(asyncio.run(decide())))
    return 0


def _show_baselines(terminal: Terminal, installation: Installation) -> int:
    async def look() -> tuple[list[baselining.Compared], list[NewBaseline]]:
        async with open_app(installation) as app:
            return await baselining.compared(
                app
            ), await app.stores.decisions.baselines()

    found, decisions = asyncio.run(look())
    if not found:
        terminal.say("said.nulmeting-none")
    voice = Voice(terminal.speaks())
    for one in found:
        baseline = one.verdict.baseline
        facts: dict[str, object] = {"n": one.verdict.collected}
        if baseline is not None:
            # As the digest writes it: a nulmeting is never told of more exactly.
            kind = "mean" if one.is_grade else "count"
            facts |= {"first": baseline.first, "last": baseline.last}
            facts |= {"mean": voice.number(baseline.mean), "positive": baseline.total}
            facts["value"] = terminal.text(f"nulmeting.{kind}", **facts)
        terminal.say(
            "nulmeting.line",
            flow=one.flow,
            question=one.question.name,
            name=voice.name(one.question.short),
            origin=terminal.text(f"played.origin.{one.origin}"),
            standing=terminal.text(f"nulmeting.standing.{one.standing}", **facts),
        )
    for decision in decisions:
        terminal.say("nulmeting.decision", **asdict(decision))
    return 0


def digest(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show the digests of the newest opening."""
    installation = terminal.installation(args)

    async def look() -> tuple[Sequence[WrittenDigest], Sequence[Dispatch]]:
        async with open_app(installation) as app:
            outbox = app.stores.outbox
            waiting = [*await outbox.pending(), *await outbox.unsettled()]
            return await outbox.latest(), waiting

    digests, dispatches = asyncio.run(look())
    if not digests:
        terminal.say("said.no-digest")
        return 0
    if args.html or args.png:
        return _draw_digests(terminal, args, installation, digests)
    whole = picturing.text_for(terminal.words, installation.config.digest)
    terminal.write("\n\n".join(map(whole, digests)))
    for dispatch in () if args.print else dispatches:
        terminal.say(
            "said.unsettled",
            week=dispatch.digest.week,
            what=terminal.text(
                f"kind.{dispatch.digest.kind}", flow=dispatch.digest.flow
            ),
            recipient=dispatch.recipient.removeprefix(MAILTO),
            state=terminal.text(f"state.{dispatch.state}"),
        )
    return 0


def _draw_digests(
    terminal: Terminal,
    args: argparse.Namespace,
    installation: Installation,
    digests: Sequence[WrittenDigest],
) -> int:
    settings = installation.config.digest
    shown = asyncio.run(picturing.draw(digests))
    if args.html:
        picturing.write_page(args.html, shown, terminal.words, settings)
        terminal.say("said.page-written", path=args.html)
    if args.png:
        files = picturing.write_pictures(args.png, shown)
        for file in files:
            terminal.say("said.picture-written", path=file)
        if not files:
            terminal.say("said.no-picture")
    return 0


def export(terminal: Terminal, args: argparse.Namespace) -> int:
    """Write what was released for researchers, or for a councillor."""
    installation = terminal.installation(args)
    language = args.language or terminal.language
    wanted = exporting.Wanted(args.archive, args.a4, args.flow)
    asyncio.run(exporting.export(installation, wanted, terminal.words, language))
    if args.archive is not None:
        terminal.explain("said.exported", path=args.archive)
    if args.a4 is not None:
        terminal.explain("said.exported-a4", path=args.a4)
    return 0


def count_remarks(terminal: Terminal, args: argparse.Namespace) -> int:
    """Say how far the remarks have come; never what one of them says."""
    found = asyncio.run(reviewing.counted(terminal.installation(args)))
    flows = sorted({*found.unreviewed, *found.approved, *found.published})
    for name in flows:
        terminal.say(
            "said.remarks",
            flow=name,
            unreviewed=found.unreviewed.get(name, 0),
            approved=found.approved.get(name, 0),
            published=found.published.get(name, 0),
        )
    if not flows:
        terminal.say("said.no-remarks")
    if found.withheld:
        terminal.say("said.remarks-withheld", count=found.withheld)
    if found.destroyed:
        terminal.say("said.remarks-destroyed", count=found.destroyed)
    if reviewing.may_be_told(found):
        facts = {"named": found.named, "decided": found.decided}
        terminal.say("said.remarks-named", **facts)
    return 0


def deeds(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show what was done with the results, or take one of them back."""
    installation = terminal.installation(args)
    if args.remove:
        gone = asyncio.run(doing.take_back(installation, args.remove))
        terminal.say("said.deed-removed", week=gone.week, text=gone.text)
        return 0
    found = asyncio.run(doing.noted(installation))
    for deed in found:
        terminal.say("said.deed", week=deed.week, text=deed.text)
    if not found:
        terminal.say("said.no-deeds")
    return 0
