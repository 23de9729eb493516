"""Put a survey live or take it off, knowingly; show what clients saw since when."""

import argparse
import asyncio
import shlex
from collections.abc import Iterable
from pathlib import Path

from bot.app import now, open_app
from bot.commands import publishing
from bot.commands.publishing import Past, Review
from bot.core.changes import Change, Effect, Fate, Place, What, compare, effects
from bot.core.weeks import week_number
from bot.digest.export import Version
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.signals import QUICK
from bot.digest.waiting import Waiting
from bot.errors import InputError, Issue
from bot.terminal import Terminal


def publish(terminal: Terminal, args: argparse.Namespace) -> int:
    """Make a survey live, after saying what that changes."""
    installation = terminal.installation(args)
    so_far = asyncio.run(publishing.past(installation, args.flow))
    draft = publishing.read_draft(
        installation.flows, args.flow, now().date(), so_far.live_last
    )
    if draft.warnings:
        path = shlex.quote(str(installation.flows / f"{args.flow}.yaml"))
        terminal.say("said.warned", count=len(draft.warnings), path=path)
    for (language, rule), issues in draft.left_out.items():
        facts = {"language": _language(terminal, language)}
        facts["lines"] = "; ".join(_lines(issues))
        terminal.explain(f"publish.left-out.{rule}", **facts)
    review = publishing.review(draft.flow, so_far)
    if review.is_same:
        terminal.say("said.published-same", name=review.name, number=review.number)
        return 0
    _show(terminal, review, so_far)
    if not terminal.confirms(args.yes):
        return 1

    async def publish() -> publishing.Publication:
        async with open_app(installation) as app:
            return await publishing.publish(app, draft.flow, after=review)

    done = asyncio.run(publish())
    terminal.say("said.published", name=done.name, number=done.number)
    return 0


def unpublish(terminal: Terminal, args: argparse.Namespace) -> int:
    """Take a survey off, after saying what that does."""
    installation = terminal.installation(args)
    so_far = asyncio.run(publishing.past(installation, args.flow))
    if so_far.live is None:
        raise InputError("flow-not-live", name=args.flow)
    entries = [
        name
        for name, entry in installation.config.entries.items()
        if entry.flow == args.flow
    ]
    terminal.explain("unpublish.what", name=args.flow, number=so_far.live.number)
    if entries:
        terminal.explain("unpublish.entries", names=", ".join(entries))
    if not terminal.confirms(args.yes):
        return 1

    async def unpublish() -> None:
        async with open_app(installation) as app:
            await publishing.unpublish(app, args.flow)

    asyncio.run(unpublish())
    terminal.explain("unpublish.done", name=args.flow)
    return 0


def history(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show every version of a survey: since when, what changed, what was measured."""
    installation = terminal.installation(args)
    so_far = asyncio.run(publishing.past(installation, args.flow))
    if not so_far.versions:
        raise InputError("never-published", name=args.flow)
    before: Version | None = None
    for place, version in enumerate(so_far.versions):
        _show_version(terminal, version, so_far)
        if before is not None:
            found = compare(before.flow, version.flow)
            line = "; ".join(_said(terminal, "brief", change) for change in found)
            key = "history.changed" if found else "history.order"
            terminal.item(terminal.text(key, changes=line))
            earlier = so_far.flows[:place]
            for effect in effects(version.flow, before.flow, earlier):
                if effect.fate is not Fate.GOES_ON:
                    terminal.item(_fate(terminal, effect, so_far))
        before = version
    if so_far.live is None:
        terminal.explain("history.not-live", name=args.flow)
    terminal.explain("history.under-way")
    return 0


def _show_version(terminal: Terminal, version: Version, so_far: Past) -> None:
    facts = {"number": version.number, "week": _week(version.week)}
    facts["languages"] = ", ".join(
        _language(terminal, n) for n in version.flow.languages
    )
    is_live = version is so_far.live
    terminal.say("history.version-live" if is_live else "history.version", **facts)
    weeks = sorted(
        batch.week
        for batch in so_far.history.batches
        if batch.cell.flow == version.flow.content_hash
    )
    if weeks:
        spans = {"first": _week(weeks[0]), "last": _week(weeks[-1])}
        terminal.item(terminal.text("history.counted", **spans))
    else:
        terminal.item(terminal.text("history.not-counted"))


def _show(terminal: Terminal, review: Review, so_far: Past) -> None:
    """Say what a draft changes for clients, and for the measuring."""
    if review.compared is None:
        terminal.say("publish.first", name=review.name)
    else:
        key = "publish.compared" if review.is_live else "publish.compared-not-live"
        before = review.compared.number
        terminal.say(key, name=review.name, before=before, number=review.number)
        if review.is_known:
            terminal.say("publish.known", number=review.number)
        terminal.say("publish.changes" if review.changes else "publish.order")
        for change in review.changes:
            terminal.item(_said(terminal, "change", change))
    terminal.say("publish.measuring")
    for line in _measuring(terminal, review, so_far):
        terminal.item(line)
    if review.is_live and not review.is_same:
        terminal.explain("publish.waiting")
        terminal.explain("publish.under-way")


def _measuring(terminal: Terminal, review: Review, so_far: Past) -> Iterable[str]:
    others = [effect for effect in review.effects if effect.fate is not Fate.GOES_ON]
    on = [one.question for one in review.effects if one.fate is Fate.GOES_ON]
    if review.compared is None:
        yield terminal.text("publish.begins")
        return
    waits = {
        one.question: _wait(terminal, review.waits.get(one.question))
        for one in others
        if one.fate.is_start
    }
    are_alike = len(set(waits.values())) == 1
    for effect in others:
        line = _fate(terminal, effect, so_far)
        if effect.question in waits and not are_alike:
            line = f"{line} {waits[effect.question]}"
        yield line
    if are_alike:
        yield from set(waits.values())
    if not others:
        yield terminal.text("publish.all-go-on")
    elif on:
        yield terminal.text("publish.others-go-on", names=", ".join(on))
    if any(one.fate is Fate.BEGINS_ANEW for one in others):
        yield terminal.text("publish.in-the-digest", weeks=WINDOW)


def _fate(terminal: Terminal, effect: Effect, so_far: Past) -> str:
    facts = {"question": effect.question}
    if effect.place is not None:
        facts["version"] = str(so_far.versions[effect.place].number)
    line = terminal.text(f"fate.{effect.fate}", **facts)
    if effect.why is None:
        return line
    return f"{line} {terminal.text(f'why.{effect.why}')}"


def _wait(terminal: Terminal, wait: Waiting | None) -> str:
    if wait is None:
        return terminal.text("wait.unknown", least=ENOUGH, weeks=QUICK[0])
    if wait.figure is None:
        return terminal.text("wait.no-figure", least=ENOUGH)
    if wait.nulmeting is None:
        return terminal.text("wait.no-nulmeting", figure=wait.figure)
    return terminal.text("wait.both", figure=wait.figure, nulmeting=wait.nulmeting)


def _said(terminal: Terminal, kind: str, change: Change) -> str:
    """Say a change: in a sentence (`change`), or in a few words (`brief`)."""
    facts = {
        "question": change.question,
        "before": change.before,
        "after": change.after,
        "place": "" if change.place is None else _place(terminal, change.place),
        "language": change.language and _language(terminal, change.language),
    }
    key = f"{kind}.{change.what}"
    if change.what is What.WORDS and not (change.before and change.after):
        key = f"{kind}.{What.WORDS_ADDED if change.after else What.WORDS_REMOVED}"
    return terminal.text(key, **facts)


def _place(terminal: Terminal, place: Place) -> str:
    facts = {"question": place.question, "code": place.code}
    return terminal.text(f"place.{place.part}", **facts)


def _language(terminal: Terminal, language: str) -> str:
    return terminal.text(f"tongue.{language}")


def _lines(issues: Iterable[Issue]) -> Iterable[str]:
    """Name the lines of each file that the issues are about."""
    found: dict[str, list[str]] = {}
    for issue in issues:
        found.setdefault(Path(issue.path).name, []).append(str(issue.line))
    return (f"{name}: {', '.join(lines)}" for name, lines in found.items())


def _week(week: str) -> str:
    return f"{week_number(week)} ({week[:4]})"
