"""Check and try surveys; show where people walk in to them."""

import argparse
import asyncio
from typing import assert_never

from bot.answering.drafts import drafts_of, found_at, published_in
from bot.app import now
from bot.commands import checking, explaining, printing, publishing
from bot.commands.trial import Trial, try_flow
from bot.core.reading import RARE
from bot.errors import InputError
from bot.invited import link
from bot.language import Detecting
from bot.messages.reports import as_annotation, as_json
from bot.service import ENTRY
from bot.terminal import Terminal


def check(terminal: Terminal, args: argparse.Namespace) -> int:
    """Check survey files."""
    path, today = found_at(args.path), now().date()
    folder = path if path.is_dir() else path.parent
    published = published_in(terminal, args, folder)
    found = checking.check(path, today, published)
    explained = explaining.explain(path, today, published) if args.explain else ()
    words, language = terminal.words, terminal.language
    counts = {
        "files": found.files,
        "errors": found.errors,
        "warnings": found.warnings,
    }
    match args.format:
        case "json":
            flows = {"flows": [one.plain for one in explained]} if args.explain else {}
            terminal.write(as_json(found.issues, counts, words, language, flows))
        case "github":
            for issue in found.issues:
                terminal.write(as_annotation(issue, words, language))
        case _:
            for one in explained:
                _explain(terminal, one)
            terminal.show(found.issues)
            key = "said.issues" if found.issues else "said.no-issues"
            terminal.say(key, **counts)
    return 1 if found.errors else 0


def _explain(terminal: Terminal, flow: explaining.Explained) -> None:
    terminal.say("explain.flow" if flow.texts else "explain.unread", path=flow.path)
    for text in flow.texts:
        terminal.say("explain.text", line=text.line, name=text.name)
        for sentence in text.sentences:
            key = "explain.long" if sentence.is_long else "explain.sentence"
            terminal.say(key, count=sentence.words, text=sentence.text)
        for rare in text.rare:
            if rare.frequency is None:
                terminal.say("explain.unknown", word=rare.word)
            else:
                sign = terminal.text("decimal")
                found, least = (
                    f"{one:.1f}".replace(".", sign) for one in (rare.frequency, RARE)
                )
                facts = {"frequency": found, "least": least}
                terminal.say("explain.rare", word=rare.word, **facts)
    for menu in flow.menu:
        key = "explain.left" if menu.missing else "explain.offered"
        terminal.say(key, language=menu.language)
        for issue in menu.missing:
            place = f"{issue.path}:{issue.line}"
            terminal.say("explain.because", place=place, rule=issue.rule)
        match menu.detecting:
            case Detecting.WORDS:
                pass
            case Detecting.SCRIPT:
                terminal.say("explain.by-script")
            case Detecting.CHOICE:
                terminal.say("explain.by-choice")
            case _:
                assert_never(menu.detecting)
    terminal.write("")


def try_out(terminal: Terminal, args: argparse.Namespace) -> int:
    """Have a conversation in the terminal."""
    flows, phone, offered = drafts_of(terminal, args)
    before = published_in(terminal, args, flows).get(args.flow, ())
    flow = publishing.read_draft(flows, args.flow, before=before).flow
    says = terminal.text("said.record-says")
    terminal.say("said.try-how")
    trial = Trial(flow, args.language, phone, args.record, says, offered)
    asyncio.run(try_flow(trial))
    if args.record:
        terminal.say("said.recorded", path=args.record)
    return 0


def entries(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show the fixed links."""
    config = terminal.installation(args).config
    if not config.entries:
        terminal.say("said.no-entries")
    elif not config.telegram.bot:
        raise InputError("no-bot-name")
    for name in config.entries:
        url = link(config.telegram.bot, ENTRY + name)
        terminal.say("said.entry", name=name, link=url)
    return 0


def entry(terminal: Terminal, args: argparse.Namespace) -> int:
    """Write a poster or cards for an entry."""
    installation = terminal.installation(args)
    asyncio.run(
        printing.write_entry(
            installation,
            args.entry,
            args.out,
            terminal.words,
            as_cards=args.cards,
            with_deeds=args.deeds,
        )
    )
    terminal.say("said.proof", path=args.out)
    return 0
