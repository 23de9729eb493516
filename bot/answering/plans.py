"""Say what to expect before anybody is asked."""

import argparse
import asyncio
from fractions import Fraction
from typing import Final

from bot.commands import picturing, planning
from bot.digest.planning.outset import USUAL_ONE_IN, USUAL_RESPONSE, Outset
from bot.digest.planning.plan import WISH
from bot.errors import InputError
from bot.plot import plot_apart
from bot.terminal import Terminal

_EVENLY: Final = (Fraction(1, 3),) * 3


def plan(terminal: Terminal, args: argparse.Namespace) -> int:
    """Make the plan of a department, and draw it where that is asked for."""
    outset = _outset(args, planning.read_one_in(args.one_in))
    questions = planning.read_questions(args.questions)
    wish = WISH if args.find is None else planning.read_find(args.find)
    sharing = _EVENLY if args.phases is None else planning.read_phases(args.phases)
    made = planning.made(outset, wish, sharing, planning.RUNS)
    saying = planning.Saying(terminal.words, terminal.language)
    terminal.write("\n".join(planning.lines(made, questions, planning.RUNS, saying)))
    if args.chart is not None:
        picture = planning.drawn(made, saying).to_json()
        picturing.write(args.chart, asyncio.run(plot_apart(picture)))
        terminal.say("said.picture-written", path=args.chart)
    return 0


def outset_of(args: argparse.Namespace) -> Outset | None:
    """Take what was said of a department; None where nothing was. Raises InputError."""
    if args.contacts_per_week is not None:
        return _outset(args, USUAL_ONE_IN)
    if args.response is not None:
        raise InputError("response-alone")
    return None


def _outset(args: argparse.Namespace, one_in: int) -> Outset:
    contacts = planning.read_contacts(args.contacts_per_week)
    if args.response is None:
        return Outset(contacts, one_in, USUAL_RESPONSE)
    return Outset(contacts, one_in, planning.read_response(args.response))
