"""Carry out what was typed, and say what came of it: one function for each command."""

import argparse
import asyncio
import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bot.anonymity import OpeningReport
from bot.app import now, open_app
from bot.commands import (
    auditing,
    backing,
    baselining,
    checking,
    drawing,
    exporting,
    picturing,
    publishing,
    running,
    setup,
)
from bot.commands import deeds as doing
from bot.commands import demo as playing
from bot.commands.doctor import Examination, Level, count, examine
from bot.commands.trial import PHONE, Trial, try_flow
from bot.config import Installation
from bot.core.sampling import Drawn
from bot.decisions import NewBaseline
from bot.digest.voice import Voice
from bot.errors import InputError
from bot.interview import wishes
from bot.outbox import MAILTO, Dispatch, WrittenDigest
from bot.plot import plot_apart
from bot.service import ENTRY
from bot.shipped import shipped_flows, shipped_schemas
from bot.terminal import Terminal

Command = Callable[[Terminal, argparse.Namespace], int]
"""Carries out one command; gives the exit status."""


def init(terminal: Terminal, args: argparse.Namespace) -> int:
    """Make an installation."""
    wanted = wishes(terminal, args)
    terminal.language = wanted.language
    done = setup.make(args.folder, wanted)
    terminal.say("said.published", name=done.name, number=done.number)
    token, config = args.folder / setup.TOKEN, args.folder / setup.CONFIG
    facts = {"token": shlex.quote(str(token)), "config": shlex.quote(str(config))}
    for step in ("token", "try", "doctor", "run"):
        terminal.say(f"next.{step}", flow=done.name, **facts)
    return 0


def doctor(terminal: Terminal, args: argparse.Namespace) -> int:
    """Look whether it can run."""
    installation = terminal.installation(args)
    contacts = args.contacts_per_week
    what = Examination(installation, now(), args.offline, contacts, backup=args.backup)
    findings = asyncio.run(examine(what))
    for found in findings:
        terminal.report(f"mark.{found.level}", found.key, found.facts)
    faults, minds = count(findings, Level.FAULT), count(findings, Level.MIND)
    key = "said.not-ready" if faults else "said.ready-but" if minds else "said.ready"
    terminal.say(key, faults=faults, minds=minds)
    return 1 if faults else 0


def audit(terminal: Terminal, args: argparse.Namespace) -> int:
    """Attack a data folder, and say what came of it."""
    given = auditing.Given(args.data, args.keys, args.logs, args.ids, args.before)
    results = auditing.audit_folder(given, shipped_schemas())
    for result in results:
        terminal.report(f"mark.{result.level}", result.key, result.facts)
    count = auditing.findings(results)
    terminal.say("said.audit-found" if count else "said.audit-clean", count=count)
    return 1 if count else 0


def check(terminal: Terminal, args: argparse.Namespace) -> int:
    """Check survey files."""
    found = checking.check(args.path)
    terminal.show(found.issues)
    key = "said.issues" if found.issues else "said.no-issues"
    terminal.say(key, count=found.files, errors=found.errors, warnings=found.warnings)
    return 1 if found.errors else 0


def publish(terminal: Terminal, args: argparse.Namespace) -> int:
    """Make a survey live."""
    installation = terminal.installation(args)
    draft = publishing.read_draft(installation.flows, args.flow)
    if draft.warnings:
        path = shlex.quote(str(installation.flows / f"{args.flow}.yaml"))
        terminal.say("said.warned", count=len(draft.warnings), path=path)
    if not terminal.confirms(args.yes):
        return 1

    async def publish() -> publishing.Publication:
        async with open_app(installation) as app:
            return await publishing.publish(app, draft.flow)

    done = asyncio.run(publish())
    key = "said.published" if done.is_new else "said.published-same"
    terminal.say(key, name=done.name, number=done.number)
    return 0


def try_out(terminal: Terminal, args: argparse.Namespace) -> int:
    """Have a conversation in the terminal."""
    flows, phone = shipped_flows(), PHONE
    if args.config.is_file():
        installation = terminal.installation(args)
        flows, phone = installation.flows, installation.config.phone
    flow = publishing.read_draft(flows, args.flow).flow
    says = terminal.text("said.record-says")
    terminal.say("said.try-how")
    asyncio.run(try_flow(Trial(flow, args.language, phone, args.record, says)))
    if args.record:
        terminal.say("said.recorded", path=args.record)
    return 0


def draw(terminal: Terminal, args: argparse.Namespace) -> int:
    """Draw who is invited."""
    installation = terminal.installation(args)

    async def draw() -> Drawn:
        async with open_app(installation) as app:
            return await drawing.draw_invitations(
                app, args.contacts, args.flow, args.out
            )

    drawn = asyncio.run(draw())
    for phase in drawn.phases:
        terminal.say(
            "said.drawn-phase",
            phase=phase.phase,
            drawn=phase.drawn,
            listed=phase.listed,
        )
    if drawn.repeated:
        terminal.say("said.drawn-repeated", count=drawn.repeated)
    terminal.say("said.drawn", path=args.out)
    return 0


def entries(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show the fixed links."""
    config = terminal.installation(args).config
    if not config.entries:
        terminal.say("said.no-entries")
    elif not config.telegram.bot:
        raise InputError("no-bot-name")
    for name in config.entries:
        link = drawing.link(config.telegram.bot, ENTRY + name)
        terminal.say("said.entry", name=name, link=link)
    return 0


def run(terminal: Terminal, args: argparse.Namespace) -> int:
    """Be the bot, until told to stop."""
    installation = terminal.installation(args)
    page = picturing.page_for(terminal.words, installation.config.digest)
    asyncio.run(running.run(installation, running.Drawing(plot_apart, page)))
    return 0


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
    facts = {"flow": args.flow, "question": args.question}
    terminal.explain("said.nulmeting-what", **facts)
    if not terminal.confirms(args.yes):
        return 1

    async def decide() -> NewBaseline:
        async with open_app(installation) as app:
            return await baselining.set_baseline(
                app, args.flow, args.question, args.reason
            )

    decision = asyncio.run(decide())
    terminal.explain("said.nulmeting-set", **asdict(decision))
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
    for one in found:
        baseline = one.verdict.baseline
        facts: dict[str, object] = {"n": one.verdict.collected}
        if baseline is not None:
            # As the digest writes it: a nulmeting is never told of more exactly.
            voice = Voice(terminal.speaks())
            kind = "mean" if one.is_grade else "count"
            facts |= {"first": baseline.first, "last": baseline.last}
            facts |= {"mean": voice.number(baseline.mean), "positive": baseline.total}
            facts["value"] = terminal.text(f"nulmeting.{kind}", **facts)
        terminal.say(
            "nulmeting.line",
            flow=one.flow,
            question=one.question.name,
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
    terminal.write("\n\n".join(digest.text for digest in digests))
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


def backup(terminal: Terminal, args: argparse.Namespace) -> int:
    """Write what was released to a file."""
    kept = asyncio.run(backing.back_up(terminal.installation(args), args.file))
    terminal.explain("said.backed-up", path=args.file, **asdict(kept))
    return 0


def restore(terminal: Terminal, args: argparse.Namespace) -> int:
    """Bring back what a backup holds."""
    installation = terminal.installation(args)
    if args.adopt == (args.file is not None):
        raise InputError("restore-what")
    if not args.adopt:
        kept = asyncio.run(backing.restore(installation, args.file))
        terminal.explain("said.restored", **asdict(kept))
        return 0
    terminal.explain("said.adopt-what")
    if not terminal.confirms(args.yes):
        return 1
    asyncio.run(backing.adopt(installation))
    terminal.explain("said.adopted")
    return 0


def demo(terminal: Terminal, args: argparse.Namespace) -> int:
    """Play half a year."""
    began = time.monotonic()

    def tell(done: playing.WeekDone) -> None:
        bar = terminal.text("played.bar", number=done.number, count=args.weeks)
        facts = {"invited": done.invited, "completes": done.completes}
        line = terminal.text("played.week", week=done.week, **facts)
        terminal.progress(done.number, args.weeks, bar, line)

    plan = playing.Plan(weeks=args.weeks, seed=args.seed)
    with playing.folder(args.keep) as place:
        played = playing.play(place, terminal.language, plan, tell)
    report = playing.Report(terminal.words, terminal.language, played)
    terminal.write(f"\n{report.text()}\n")
    files = playing.leave(playing.pages(args.keep), played, terminal.words)
    terminal.write(f"{report.files(files)}\n")
    if args.keep is None:
        terminal.explain("played.gone")
    else:
        config = shlex.quote(str(args.keep / setup.CONFIG))
        terminal.explain("played.kept", folder=args.keep, config=config)
    terminal.say("played.took", seconds=round(time.monotonic() - began))
    return 0 if played.is_as_promised else 1


def weeks(text: str) -> int:
    """Read a number of weeks; argparse says what is wrong with any other."""
    weeks = int(text)
    if weeks < 1:
        raise ValueError
    return weeks
