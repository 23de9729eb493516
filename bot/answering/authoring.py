"""Begin a survey, print it to be read, and help the editor it is written in."""

import argparse
from pathlib import Path

from bot.answering.drafts import drafts_of, published_in
from bot.app import now
from bot.commands import authoring, proofing
from bot.errors import InputError
from bot.terminal import Terminal


def new(terminal: Terminal, args: argparse.Namespace) -> int:
    """Make a new survey file; without a name, say what there is to begin from."""
    folder = drafts_of(terminal, args, Path(authoring.DRAFTS)).folder
    if args.flow is None:
        terminal.say("new.which")
        for each in authoring.templates():
            facts = {"title": each.title, "questions": each.questions}
            terminal.say("new.template", name=each.name, **facts)
        return 0
    template = args.source or authoring.USUAL
    languages = authoring.read_languages(args.languages or "")
    path = authoring.begin(
        folder,
        args.flow,
        template,
        languages,
        lambda **facts: terminal.text("new.comment", **facts),
        authoring.schemas(terminal.words, terminal.language),
    )
    terminal.say("new.made", path=path, template=template)
    terminal.say("new.next", path=path, name=args.flow)
    return 0


def print_out(terminal: Terminal, args: argparse.Namespace) -> int:
    """Write a survey as clients see it."""
    drafts = drafts_of(terminal, args)
    before = published_in(terminal, args, drafts.folder).get(args.flow, ())
    read = proofing.read_proof(drafts.folder, args.flow, before)
    path = args.file or Path(f"{args.flow}.html")
    words, language = terminal.words, terminal.language
    offered = drafts.round_table
    day = now().date()
    proofing.write_proof(path, read, words, language, drafts.phone, day, offered)
    terminal.say("said.proof", path=path)
    return 0


def schema(terminal: Terminal, args: argparse.Namespace) -> int:
    """Write the JSON Schema of a survey, or of the file of scales."""
    both = authoring.schemas(terminal.words, terminal.language)
    text = both.scales if args.scales else both.flow
    if args.file is None:
        terminal.write(text.removesuffix("\n"))
        return 0
    try:
        args.file.write_bytes(text.encode())
    except OSError as error:
        raise InputError("cannot-write", path=str(args.file)) from error
    terminal.say("said.schema", path=args.file)
    return 0
