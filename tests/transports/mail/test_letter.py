"""A letter is one reader's, says the digest word for word, and is known by its name."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands.picturing import page_for, text_for
from bot.config import Digest
from bot.messages import Catalogue
from bot.outbox import WrittenDigest
from bot.picture import Picture
from bot.plot import plot_apart
from bot.transports.mail import PICTURE
from bot.transports.mail.letter import letter, message_id, plain_page
from tests.doubles.contract import PNG
from tests.doubles.mailserver import Letter

AT = datetime(2026, 7, 20, 7, 13, 59, tzinfo=UTC)
TEXT = "Weekbericht · week 30\nBalie 7,3 (tussen 7,0 en 7,6).\n.punt\n\n" + "é" * 300
DIGEST = WrittenDigest("2026-W30", "weekly", "sozawe", TEXT, True, picture="{}")
FROM = "polsslag@example.nl"


def written(
    digest: WrittenDigest = DIGEST, png: bytes | None = None, page: str | None = None
) -> Letter:
    content = letter(
        digest,
        "anna@example.org",
        sender=FROM,
        at=AT,
        png=png,
        page=plain_page if page is None else lambda *_: page,
    )
    return Letter(FROM, ("anna@example.org",), content)


def test_the_text_of_a_letter_is_the_digest() -> None:
    found = written()
    assert found.text == TEXT
    assert found.message["Subject"] == "Weekbericht · week 30"
    assert found.message["To"] == "anna@example.org"
    assert found.message["From"] == FROM
    assert found.message["Auto-Submitted"] == "auto-generated"
    assert found.message["Date"] == "Mon, 20 Jul 2026 07:00:00 +0000"


def test_the_remarks_of_a_digest_stand_below_its_text() -> None:
    digest = replace(DIGEST, remarks=("Te lang wachten.", "Goed."))
    content = letter(
        digest,
        "anna@example.org",
        sender=FROM,
        at=AT,
        png=None,
        page=plain_page,
        text=text_for(Catalogue.load(), Digest()),
    )
    found = Letter(FROM, ("anna@example.org",), content)
    assert found.text == (
        f"{TEXT}\n\nOpmerkingen van mensen die meededen:\n- Te lang wachten.\n- Goed."
    )
    assert "<p>Te lang wachten.</p><p>Goed.</p></body>" in plain_page(digest, None)
    assert found.message["Subject"] == "Weekbericht · week 30"


def test_a_letter_is_made_of_what_every_server_takes() -> None:
    content = written(png=PNG + bytes(range(256)) * 40).content
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) < 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_same_letter_has_the_same_name_and_any_other_another() -> None:
    names = {
        message_id(WrittenDigest(week, kind, flow, text, news), to, FROM)
        for week in ("2026-W30", "2026-W31")
        for kind in ("weekly", "monthly")
        for flow in ("sozawe", "telefoon")
        for to in ("a@example.nl", "b@example.nl")
        for text, news in (("a", True), ("b", False))
    }
    assert len(names) == 16
    assert all(name.endswith("@example.nl>") for name in names)
    assert written().message["Message-ID"] == message_id(
        DIGEST, "anna@example.org", FROM
    )


def test_a_name_tells_nobody_whom_it_is_for() -> None:
    name = message_id(DIGEST, "anna@example.org", FROM)
    assert "anna" not in name
    assert "W30" not in name


def test_the_page_comes_along_with_its_picture_inside_the_letter() -> None:
    message = written(png=PNG).message
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    image = list(message.walk())[-1]
    assert image["Content-ID"] == f"<{PICTURE}>"
    assert image.get_filename() == "digest.png"
    assert image.get_content_disposition() == "inline"
    assert image.get_payload(decode=True) == PNG
    assert f"cid:{PICTURE}" in str(list(message.walk())[3].get_payload(decode=True))


def test_without_a_picture_there_is_none() -> None:
    kinds = [part.get_content_type() for part in written().message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert "<img" not in plain_page(DIGEST, None)


def test_a_picture_that_stands_in_the_page_is_sent_once() -> None:
    inside = base64.b64encode(PNG).decode()
    page = f'<img src="data:image/png;base64,{inside}">'
    html = written(png=PNG, page=page).message.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == f'<img src="cid:{PICTURE}">'


def test_the_plain_page_says_what_the_text_says() -> None:
    digest = WrittenDigest("2026-W30", "weekly", "", "A & B\n<b>7</b>\n\nC", True)
    page = plain_page(digest, None)
    assert "<title>A &amp; B</title>" in page
    assert "<p>&lt;b&gt;7&lt;/b&gt;</p><p>C</p>" in page


@pytest.mark.parametrize("text", ["\n\nEen\nTwee", "Een", " Een \n"])
def test_the_subject_is_the_first_line(text: str) -> None:
    digest = WrittenDigest("2026-W30", "weekly", "", text, True)
    assert written(digest).message["Subject"].strip() == "Een"


@pytest.mark.parametrize("end", ["\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_no_title_of_a_survey_ends_the_line_of_the_subject(end: str) -> None:
    digest = WrittenDigest("2026-W30", "weekly", "", f"Een{end}To: x@y\nTwee", True)
    message = written(digest).message
    assert message["Subject"] == "Een To: x@y"
    assert message["To"] == "anna@example.org"


async def test_the_page_that_is_sent_shows_the_picture_that_comes_along() -> None:
    picture = Picture(1280, 205, "Balie 7,3.", ()).to_json()
    digest = WrittenDigest("2026-W30", "weekly", "sozawe", TEXT, True, picture=picture)
    png = await plot_apart(picture)
    content = letter(
        digest,
        "anna@example.org",
        sender=FROM,
        at=AT,
        png=png,
        page=page_for(Catalogue.load(), Digest()),
    )
    found = Letter(FROM, ("anna@example.org",), content)
    html = found.message.get_body(("html",))
    assert html is not None
    assert f'src="cid:{PICTURE}" alt="Balie 7,3."' in html.get_content()
    assert "base64," not in html.get_content()
    assert list(found.message.walk())[-1].get_payload(decode=True) == png
