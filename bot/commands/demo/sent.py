"""Which digests are shown when it is over, and the files that all of them are left in.

There is nothing of anybody in those files: the people were made up, and so is what they
said. So they may stay, where the keys and the data of the demo go.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.commands.demo.playing import Played
from bot.commands.picturing import draw, write, write_page
from bot.messages import Catalogue
from bot.outbox import MONTHLY, PHASES, WEEKLY, WrittenDigest

PAGE: Final = "digests.html"
"""What is shown, with its pictures."""

TEXTS: Final = "digests.txt"
"""Every digest of the whole time, one after the other."""

_BETWEEN: Final = "\n\n----\n\n"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A digest to show, and the key of what stands above it."""

    key: str
    digest: WrittenDigest


@dataclass(frozen=True, slots=True)
class Files:
    """Where the digests are; each picture with the digest that it goes with."""

    page: Path
    texts: Path
    pictures: tuple[tuple[WrittenDigest, Path], ...]


def chosen(played: Played) -> list[Chosen]:
    """Choose what a coordinator would look for, each digest once.

    That is: where the fall was told of, what is known now, and the newest of what
    comes once a quarter and once a month.
    """
    found: dict[WrittenDigest, str] = {}
    for key, digest in _wanted(played):
        found.setdefault(digest, key)
    return [Chosen(key, digest) for digest, key in found.items()]


def _wanted(played: Played) -> Iterator[tuple[str, WrittenDigest]]:
    weekly = [one for one in played.digests if one.kind == WEEKLY]
    told = played.heard.told
    for one in weekly:
        if told and one.week == told.week:
            yield "digest-told", one
    with_figures = [one for one in weekly if one.has_news]
    if not weekly[-1].has_news:
        # One that says nothing new comes after the last that did.
        yield from (("digest-before", one) for one in with_figures[-1:])
    yield "digest", weekly[-1]
    for kind in (PHASES, MONTHLY):
        of_kind = [one for one in played.digests if one.kind == kind]
        yield from ((f"digest-{kind}", one) for one in of_kind[-1:])


def counted(played: Played) -> dict[str, int]:
    """Say how many digests of each kind were sent."""
    found = Counter(one.kind for one in played.digests)
    return {kind: found[kind] for kind in (WEEKLY, PHASES, MONTHLY)}


def leave(place: Path, played: Played, catalogue: Catalogue) -> Files:
    """Write the page, the pictures and the texts to a folder.

    Raises DrawingError, or InputError where a file cannot be written.
    """
    texts, page = place / TEXTS, place / PAGE
    write(texts, (_BETWEEN.join(one.text for one in played.digests) + "\n").encode())
    shown = asyncio.run(draw([one.digest for one in chosen(played)]))
    write_page(page, shown, catalogue, played.settings)
    pictures = []
    for digest, png in shown:
        if png is not None:
            path = place / f"{digest.kind}-{digest.week}.png"
            write(path, png)
            pictures.append((digest, path))
    return Files(page, texts, tuple(pictures))
