"""Say how occasions ended: counts and rates, in words or for programs."""

import argparse
import asyncio
import json

from bot.commands import rating
from bot.terminal import Terminal


def rates(terminal: Terminal, args: argparse.Namespace) -> int:
    """Show AAPOR's outcome rates."""
    installation = terminal.installation(args)
    found = asyncio.run(rating.released(installation))
    if args.json:
        terminal.write(json.dumps(rating.document(found), indent=2))
        return 0
    report = rating.Report(terminal.words, terminal.language)
    terminal.write("\n".join(report.lines(found)))
    return 0
