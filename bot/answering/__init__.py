"""Carry out what was typed, and say what came of it: one function for each command."""

import argparse
from collections.abc import Callable

from bot.answering.authoring import new, print_out, schema
from bot.answering.figures import (
    deeds,
    digest,
    export,
    nulmeting,
    release,
    remarks,
)
from bot.answering.installations import audit, backup, doctor, init, restore, run
from bot.answering.playing import demo, weeks
from bot.answering.surveys import check, draw, entries, entry, try_out
from bot.answering.versions import history, publish, unpublish
from bot.terminal import Terminal

__all__ = [
    "Command",
    "audit",
    "backup",
    "check",
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
    "print_out",
    "publish",
    "release",
    "remarks",
    "restore",
    "run",
    "schema",
    "try_out",
    "unpublish",
    "weeks",
]

Command = Callable[[Terminal, argparse.Namespace], int]
"""Carries out one command; gives the exit status."""
