"""The remarks that go with a weekly digest, in words: nothing but what people wrote."""

from collections.abc import Sequence
from typing import Final

from bot.digest.voice import Words, units

MESSAGE: Final = 4096
"""What one message may hold, in UTF-16 units."""


def remark_lines(remarks: Sequence[str], words: Words) -> tuple[str, ...]:
    """Give a heading and a line for each remark; nothing where there is none."""
    if not remarks:
        return ()
    lines = (words("digest.remarks.line", text=" ".join(r.split())) for r in remarks)
    return (words("digest.remarks.title"), *lines)


def remark_messages(remarks: Sequence[str], words: Words) -> tuple[str, ...]:
    """Give the same as few messages as hold it; no remark is cut."""
    messages: list[str] = []
    for line in remark_lines(remarks, words):
        if messages and units(joined := f"{messages[-1]}\n\n{line}") <= MESSAGE:
            messages[-1] = joined
        else:
            messages.append(line)
    return tuple(messages)


def with_remarks(text: str, remarks: Sequence[str], words: Words) -> str:
    """Put the remarks below a text; without any, it stays as it is."""
    blocks = (text, "\n".join(remark_lines(remarks, words)))
    return "\n\n".join(block for block in blocks if block)
