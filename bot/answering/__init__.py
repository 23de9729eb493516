"""Carry out what was typed, and say what came of it: one function for each command."""

import argparse
from collections.abc import Callable

from bot.answering.authoring import new, print_out, schema
from bot.answering.draws import draw
from bot.answering.figures import (
    count_remarks,
    deeds,
    digest,
    export,
    nulmeting,
    release,
)
from bot.answering.installations import audit, backup, doctor, init, restore, run
from bot.answering.plans import plan
from bot.answering.playing import demo, weeks
from bot.answering.rates import rates
from bot.answering.remarks import scrub
from bot.answering.surveys import check, entries, entry, try_out
from bot.answering.versions import history, publish, unpublish
from bot.terminal import Terminal

__all__ = [
    "Command",
    "audit",
    "backup",
    "check",
    "count_remarks",
    "deeds",
    "demo",
    "digest",
    "doctor",
    "draw",
    "entries",
    "entry",
    "export",
    "history",
    "init",
    "new",
    "nulmeting",
    "plan",
    "print_out",
    "publish",
    "rates",
    "release",
    "restore",
    "run",
    "schema",
    "scrub",
    "try_out",
    "unpublish",
    "weeks",
]

Command = Callable[[Terminal, argparse.Namespace], int]
"""Carries out one command; gives the exit status."""
