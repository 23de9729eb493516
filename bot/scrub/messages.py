"""What goes through the pipes between the bot and its worker: a length, then JSON.

Nothing of it is ever written anywhere else.
"""

import json
from typing import Any, BinaryIO, Final

HEAD: Final = 4
"""Bytes of the length in front of each message."""
LARGEST: Final = 1_000_000
"""Bytes; a roster is the largest that is ever sent."""

Message = dict[str, Any]


def packed(message: Message) -> bytes:
    """Write a message down."""
    body = json.dumps(message).encode()
    return len(body).to_bytes(HEAD) + body


def length_of(head: bytes) -> int:
    """Give the length that stands in front of a message. Raises ValueError."""
    length = int.from_bytes(head)
    if length > LARGEST:
        raise ValueError("a message that is longer than any")
    return length


def unpacked(body: bytes) -> Message:
    """Read a message. Raises ValueError where it is none."""
    message = json.loads(body)
    if not isinstance(message, dict):
        raise ValueError("this is no message")  # noqa: TRY004 - of a value, not a type
    return message


def read_message(stream: BinaryIO) -> Message | None:
    """Read the next message; None where there will be no more."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    body = stream.read(length_of(head))
    return unpacked(body)
