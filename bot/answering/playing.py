"""Play a made-up department."""

import argparse
import shlex
import time

from bot.commands import demo as playing
from bot.commands import setup
from bot.terminal import Terminal


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
