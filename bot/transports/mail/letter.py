"""One digest as one letter to one reader, who sees nobody else's address."""

import base64
import hashlib
import html
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from bot.outbox import WrittenDigest
from bot.transports.pictures import PNG_NAME

Page = Callable[[WrittenDigest, bytes | None], str]
"""Makes a whole HTML page of a digest and its picture, a PNG."""

Text = Callable[[WrittenDigest], str]
"""Makes the whole text of a digest, with what comes below it."""

PICTURE: Final = "digest.png@polsslag"
"""What a page may call the picture that comes along: `cid:digest.png@polsslag`."""

# Seven bits and short lines: nothing on the way has a reason to change a letter.
_POLICY: Final = SMTP.clone(cte_type="7bit")
_NAME_BYTES: Final = 16


def letter(
    digest: WrittenDigest,
    recipient: str,
    *,
    sender: str,
    at: datetime,
    png: bytes | None,
    page: Page,
    text: Text = lambda digest: digest.text,
) -> bytes:
    """Write the letter, as it goes over the line.

    Args:
        recipient: the address alone.
        at: now; only the hour of it is written down.
        png: None for a letter without a picture.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = recipient
    # A title may hold what some take for the end of a line: no header survives that.
    message["Subject"] = " ".join(digest.text.strip().partition("\n")[0].split())
    message["Date"] = format_datetime(at.replace(minute=0, second=0, microsecond=0))
    message["Message-ID"] = message_id(digest, recipient, sender)
    # No answering machine should answer, and no list take it up.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text(digest), cte="quoted-printable")
    body = _with_cid(page(digest, png), png)
    if png is None:
        message.add_alternative(body, subtype="html", cte="quoted-printable")
        return message.as_bytes()
    related = EmailMessage(policy=_POLICY)
    related.set_content(body, subtype="html", cte="quoted-printable")
    related.add_related(
        png,
        "image",
        "png",
        cid=f"<{PICTURE}>",
        filename=PNG_NAME,
        disposition="inline",
    )
    message.make_alternative()
    message.attach(related)
    return message.as_bytes()


def message_id(digest: WrittenDigest, recipient: str, sender: str) -> str:
    """Name a letter: the same one has the same name whenever it is sent."""
    said = "\n".join((digest.week, digest.kind, digest.flow, recipient))
    name = hashlib.blake2b(said.encode(), digest_size=_NAME_BYTES).hexdigest()
    return f"<{name}@{sender.rpartition('@')[2]}>"


def plain_page(digest: WrittenDigest, png: bytes | None) -> str:
    """Write a page of the text and the picture, and nothing else."""
    said = "\n".join((digest.text.strip(), *digest.remarks))
    lines = html.escape(said).split("\n")
    title = lines.pop(0)
    image = f'<p><img src="cid:{PICTURE}" alt="" width="640"></p>' if png else ""
    body = "".join(f"<p>{line}</p>" for line in lines if line.strip())
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        f"<title>{title}</title></head>"
        f"<body><h1>{title}</h1>{image}{body}</body></html>"
    )


def _with_cid(page: str, png: bytes | None) -> str:
    """Point a picture inside the page to the one that comes along.

    Most mail programs show no picture that stands in the page itself.
    """
    if not png:
        return page
    inside = "data:image/png;base64," + base64.b64encode(png).decode()
    return page.replace(inside, f"cid:{PICTURE}")
