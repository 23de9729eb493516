"""Try what becomes of the remarks that clients type."""

import argparse

from bot.commands import scrubbing
from bot.remarks import Scrubbed
from bot.scrub import Explanation
from bot.terminal import CONFIG, Terminal


def scrub(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show a text without its personal data, and what was found in it."""
    names = scrubbing.names_of_staff(args.config, CONFIG)
    texts = scrubbing.read_texts(by_line=args.lines)
    if not texts:
        terminal.say("scrub.nothing")
    for one in scrubbing.try_scrub(texts, args.language, names):
        if isinstance(one.result, Scrubbed):
            terminal.write(one.result.text)
        else:
            terminal.explain(f"scrub.{one.result}")
        if args.explain:
            _explain(terminal, one)
    return 0


def _explain(terminal: Terminal, one: Explanation) -> None:
    for found in one.taken:
        piece = found.piece
        terminal.say(
            "scrub.taken",
            kind=piece.kind.value,
            layer=terminal.text(f"scrub.layer.{found.layer}"),
            piece=one.text[piece.start : piece.end],
        )
    if not one.taken:
        terminal.say("scrub.found-nothing")
