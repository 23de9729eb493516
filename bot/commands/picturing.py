"""The digests of an opening as files to look at, print or send on: a page, pictures."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.config import Digest
from bot.digest.remarks import with_remarks
from bot.digest.voice import Words
from bot.errors import InputError
from bot.messages import Catalogue
from bot.outbox import WEEKLY, WrittenDigest
from bot.page import Shown, page, pages
from bot.plot import plot_apart
from bot.transports.mail.letter import Page, Text


def page_for(catalogue: Catalogue, settings: Digest) -> Page:
    """Give what makes the page of one digest, as it goes into the post."""
    words = words_of(catalogue, settings)
    return partial(page, words=words, explanation=_explanation(words, settings))


def text_for(catalogue: Catalogue, settings: Digest) -> Text:
    """Give what makes the whole text of one digest, its remarks below it."""
    words = words_of(catalogue, settings)
    return lambda digest: with_remarks(digest.text, digest.remarks, words)


async def draw(digests: Sequence[WrittenDigest]) -> list[Shown]:
    """Draw the picture of each digest that has one.

    Raises DrawingError.
    """
    return [
        (digest, await plot_apart(digest.picture) if digest.picture else None)
        for digest in digests
    ]


def write_page(
    path: Path, shown: Sequence[Shown], catalogue: Catalogue, settings: Digest
) -> None:
    """Write all digests, one or more, as one page with their pictures.

    Raises InputError where the file cannot be written.
    """
    words = words_of(catalogue, settings)
    text = pages(shown, words, _explanation(words, settings))
    write(path, text.encode())


def write_pictures(path: Path, shown: Sequence[Shown]) -> list[Path]:
    """Write the picture of each digest that has one; give the files.

    One picture is in the file that was named; where there are several, what each is
    of stands behind that name.

    Raises InputError where a file cannot be written.
    """
    drawn = [(digest, png) for digest, png in shown if png is not None]
    files = [path if len(drawn) == 1 else _beside(path, digest) for digest, _ in drawn]
    for file, (_, png) in zip(files, drawn, strict=True):
        write(file, png)
    return files


def write(path: Path, content: bytes) -> None:
    """Write a file.

    Raises InputError where that cannot be done.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error


def _beside(path: Path, digest: WrittenDigest) -> Path:
    kind = "" if digest.kind == WEEKLY else f"-{digest.kind}"
    return path.with_stem(f"{path.stem}-{digest.flow}{kind}")


def words_of(catalogue: Catalogue, settings: Digest) -> Words:
    """Bind the catalogue to the language of the digests."""
    return catalogue.bound(settings.language)


def _explanation(words: Words, settings: Digest) -> str:
    """Give what the desk explains, and behind it figures of earlier surveys."""
    blocks = [words("staff.desk.explanation")]
    if settings.earlier:
        earlier = (f"- {figure}" for figure in settings.earlier)
        blocks.append("\n".join([words("staff.desk.earlier"), *earlier]))
    return "\n\n".join(blocks)
