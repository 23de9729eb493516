"""Make an installation, look whether it is sound, keep what it counted, run it."""

import argparse
import asyncio
import shlex
from dataclasses import asdict, replace

from bot.answering import plans
from bot.app import now
from bot.commands import (
    auditing,
    backing,
    picturing,
    planning,
    running,
    setup,
)
from bot.commands.doctor import Examination, Level, count, examine
from bot.errors import InputError
from bot.interview import wishes
from bot.plot import plot_apart
from bot.shipped import shipped_schemas
from bot.terminal import Terminal


def init(terminal: Terminal, args: argparse.Namespace) -> int:
    """Make an installation."""
    # Before anything is asked: a number that is wrong should not cost the answers.
    outset = plans.outset_of(args)
    wanted = wishes(terminal, args)
    terminal.language = wanted.language
    if outset is not None:
        proposal = planning.proposal(
            outset, planning.RUNS, terminal.words, terminal.language
        )
        wanted = replace(wanted, proposal=proposal)
    done = setup.make(args.folder, wanted)
    terminal.say("said.published", name=done.name, number=done.number)
    token, config = args.folder / setup.TOKEN, args.folder / setup.CONFIG
    facts = {"token": shlex.quote(str(token)), "config": shlex.quote(str(config))}
    for step in ("token", "try", "doctor", "run"):
        terminal.say(f"next.{step}", flow=done.name, **facts)
    if outset is None or wanted.proposal is None:
        terminal.say("next.plan")
        return 0
    facts |= {"contacts": str(outset.contacts), "response": str(float(outset.response))}
    terminal.say("next.proposed", proposed=wanted.proposal.one_in, **facts)
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


def run(terminal: Terminal, args: argparse.Namespace) -> int:
    """Be the bot, until told to stop."""
    installation = terminal.installation(args)
    page = picturing.page_for(terminal.words, installation.config.digest)
    asyncio.run(running.run(installation, running.Drawing(plot_apart, page)))
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
    asyncio.run(backing.require_lost_keys(installation))
    terminal.explain("said.adopt-what")
    if not terminal.confirms(args.yes):
        return 1
    asyncio.run(backing.adopt(installation))
    terminal.explain("said.adopted")
    return 0
