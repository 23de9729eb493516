"""Digests reach their addresses once each, whatever the mail server answers."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import ConfigError, TransportError
from bot.faultlog import FaultLog
from bot.outbox import Channel, Dispatch, DispatchState, WrittenDigest
from bot.transports.mail import MailTransport, Relay, greet, transport
from storage.memory import MemoryMail
from storage.outbox import MemoryOutbox
from tests.doubles.contract import PNG
from tests.doubles.mailserver import AUTHORITY, DROP, HANG, LOSE, MailServer

NEWS = WrittenDigest("2026-W30", "weekly", "sozawe", "Weekbericht", True, picture="{}")
ANNA, BERT = "anna@example.nl", "bert@example.org"
FROM = "polsslag@example.nl"
SENT, PENDING, PERHAPS, DEAD = (
    DispatchState.SENT,
    DispatchState.PENDING,
    DispatchState.PERHAPS,
    DispatchState.DEAD,
)


class Post:
    """A mail transport and what it is connected to."""

    def __init__(self, relay: Relay, **options: Any) -> None:
        self.mail = MemoryMail()
        self.outbox = MemoryOutbox(self.mail)
        self.faults = FaultLog(lambda: datetime(2026, 7, 20, tzinfo=UTC))
        self.transport = MailTransport(
            relay,
            self.outbox,
            self.faults,
            clock=lambda: datetime(2026, 7, 20, 7, 0, tzinfo=UTC),
            every=0.01,
            longest=0.05,
            **options,
        )

    def put(self, *addresses: str, digest: WrittenDigest = NEWS) -> None:
        self.mail.openings.append(digest.week)
        self.mail.post([digest], [f"mailto:{address}" for address in addresses])

    @property
    def states(self) -> dict[str, DispatchState]:
        return {
            d.recipient.removeprefix("mailto:"): d.state
            for d in self.mail.dispatches.values()
        }

    @property
    def kinds(self) -> set[str]:
        return {kind.rsplit(".", 1)[1] for kind, _ in self.faults._faults}

    async def until(self, **states: DispatchState) -> None:
        wanted = {{"anna": ANNA, "bert": BERT}[name]: s for name, s in states.items()}
        async with asyncio.timeout(10):
            while self.states != wanted:  # noqa: ASYNC110 - nobody tells us of it
                await asyncio.sleep(0.005)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


def relay(server: MailServer, security: str = "none", **more: Any) -> Relay:
    trust = ssl.create_default_context()
    AUTHORITY.configure_trust(trust)
    host = "127.0.0.1" if security == "none" else "localhost"
    return Relay(host, server.port, security, FROM, **{"trust": trust, **more})


Running = Callable[..., AbstractAsyncContextManager[Post]]


@pytest.fixture
def running(server: MailServer) -> Running:
    """Give a context in which the transport runs; leaving it stops it in order."""

    @asynccontextmanager
    async def run(**options: Any) -> AsyncIterator[Post]:
        post = Post(options.pop("relay", relay(server)), **options)
        stop = asyncio.Event()
        task = asyncio.create_task(post.transport.run(stop))
        try:
            yield post
        finally:
            stop.set()
            async with asyncio.timeout(10):
                await task

    return run


async def plot(picture: str) -> bytes:
    return PNG + picture.encode()


async def test_each_reader_gets_a_letter_alone(
    server: MailServer, running: Running
) -> None:
    async with running(plot=plot) as post:
        post.put(ANNA, BERT)
        await post.until(anna=SENT, bert=SENT)
    assert [letter.recipient for letter in server.letters] == [ANNA, BERT]
    assert [letter.sender for letter in server.letters] == [FROM, FROM]
    for letter, other in zip(server.letters, (BERT, ANNA), strict=True):
        assert other.encode() not in letter.content
        assert letter.text == "Weekbericht"
    assert post.kinds == set()


async def test_what_goes_to_chats_is_left_alone(
    server: MailServer, running: Running
) -> None:
    async with running() as post:
        post.mail.openings.append(NEWS.week)
        post.mail.put(Dispatch(NEWS, "-1", DispatchState.SENDING))
        post.mail.put(Dispatch(NEWS, "-2"))
        post.put(ANNA)
        await server.until(1)
        await asyncio.sleep(0.05)
    assert post.states == {
        "-1": DispatchState.SENDING,
        "-2": PENDING,
        ANNA: SENT,
    }


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MAIL", "451 Later"),
        ("MAIL", "530 Log in first"),
        ("MAIL", DROP),
        ("RCPT", "450 Later"),
        ("RCPT", DROP),
        ("DATA", "451 Later"),
    ],
)
async def test_a_letter_that_certainly_was_not_taken_is_sent_later(
    server: MailServer, running: Running, command: str, answer: str
) -> None:
    server.fail(command, answer)
    async with running() as post:
        post.put(ANNA, BERT)
        await post.until(anna=SENT, bert=SENT)
    assert sorted(letter.recipient for letter in server.letters) == [ANNA, BERT]
    assert len(post.kinds) == 1


@pytest.mark.parametrize(
    ("command", "answer"), [("RCPT", "550 No such user"), ("DATA", "554 No")]
)
async def test_a_letter_that_is_refused_for_good_is_dead_and_the_others_go(
    server: MailServer, running: Running, command: str, answer: str
) -> None:
    server.fail(command, answer)
    async with running() as post:
        post.put(ANNA, BERT)
        await post.until(anna=DEAD, bert=SENT)
        await asyncio.sleep(0.05)
    assert [letter.recipient for letter in server.letters] == [BERT]


@pytest.mark.parametrize("answer", [LOSE, HANG, DROP, "299 What"])
async def test_a_letter_whose_answer_was_lost_is_never_sent_again(
    server: MailServer,
    running: Running,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
) -> None:
    monkeypatch.setattr(transport, "DATA_SECONDS", 0.2)
    server.fail("DATA", answer)
    async with running() as post:
        post.put(ANNA, BERT)
        await post.until(anna=PERHAPS, bert=SENT)
        await asyncio.sleep(0.05)
    assert server.commands.count("DATA") == 2


async def test_a_server_that_is_down_is_waited_for(
    server: MailServer, running: Running
) -> None:
    await server.stop()
    async with running() as post:
        post.put(ANNA)
        await asyncio.sleep(0.1)
        assert post.states == {ANNA: PENDING}
        await server.start()
        await post.until(anna=SENT)
    assert post.kinds == {"SMTPConnectError"}


async def test_what_was_being_sent_when_the_process_died_is_perhaps_sent(
    server: MailServer, running: Running
) -> None:
    async with running() as post:
        post.mail.openings.append(NEWS.week)
        post.mail.put(Dispatch(NEWS, f"mailto:{ANNA}", DispatchState.SENDING))
        await post.until(anna=PERHAPS)
    assert server.letters == []


async def test_a_picture_or_a_page_that_fails_costs_no_letter(
    server: MailServer, running: Running
) -> None:
    async def fail(picture: str) -> bytes:
        raise OSError(picture)

    def tear(digest: WrittenDigest, png: bytes | None) -> str:
        raise LookupError(digest)

    async with running(plot=fail, page=tear) as post:
        post.put(ANNA)
        await post.until(anna=SENT)
    [letter] = server.letters
    assert letter.text == "Weekbericht"
    assert post.kinds == {"OSError", "LookupError"}


async def test_the_page_of_a_letter_is_the_one_that_was_given(
    server: MailServer, running: Running
) -> None:
    def page(digest: WrittenDigest, png: bytes | None) -> str:
        return f"<p>{digest.flow} {len(png or b'')}</p>"

    async with running(plot=plot, page=page) as post:
        post.put(ANNA)
        await post.until(anna=SENT)
    html = server.letters[0].message.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == "<p>sozawe 10</p>"


async def test_an_outbox_that_cannot_be_read_is_a_fault_and_read_again(
    server: MailServer, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as post:
        recover, failures = post.outbox.recover, [OSError("full"), OSError("full")]

        async def fail(channel: Channel | None = None) -> int:
            if failures:
                raise failures.pop()
            return await recover(channel)

        monkeypatch.setattr(post.outbox, "recover", fail)
        post.put(ANNA)
        await post.until(anna=SENT)
    assert post.kinds == {"OSError"}


async def test_a_stop_ends_a_round_between_two_letters(server: MailServer) -> None:
    post = Post(relay(server))
    stop = asyncio.Event()
    post.put(ANNA, BERT)
    server.delay = 0.2
    round_ = asyncio.create_task(post.transport.deliver(stop))
    await server.until(1)
    stop.set()
    assert await round_ is False
    assert post.states == {ANNA: SENT, BERT: PENDING}


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("password", ["", "geheim"])
async def test_a_line_is_encrypted_and_the_password_goes_over_it(
    security: str, password: str
) -> None:
    if (security, password) == ("tls", "geheim"):
        pytest.skip("the server of the tests offers no login on such a line")
    async with MailServer(security, password) as server:
        given = {"user": "bot", "password": password} if password else {}
        post = Post(relay(server, security, **given))
        await greet(relay(server, security, **given))
        post.put(ANNA)
        assert await post.transport.deliver(asyncio.Event())
        assert post.states == {ANNA: SENT}


async def test_a_server_without_encryption_is_not_used_in_the_open(
    server: MailServer,
) -> None:
    post = Post(relay(server, "starttls"))
    post.put(ANNA)
    assert not await post.transport.deliver(asyncio.Event())
    assert post.states == {ANNA: PENDING}
    with pytest.raises(TransportError) as refused:
        await greet(relay(server, "starttls"))
    assert refused.value.code == "mail-unreachable"


async def test_a_server_that_shows_a_false_certificate_is_not_trusted() -> None:
    async with MailServer("starttls") as server:
        post = Post(relay(server, "starttls", trust=None))
        post.put(ANNA)
        assert not await post.transport.deliver(asyncio.Event())
        assert post.states == {ANNA: PENDING}
        assert server.letters == []


async def test_a_wrong_password_is_said_and_quoted_nowhere() -> None:
    async with MailServer("starttls", "geheim") as server:
        wrong = relay(server, "starttls", user="bot", password="mis-geraden")
        with pytest.raises(ConfigError) as refused:
            await greet(wrong)
        assert refused.value.code == "mail-login-refused"
        assert refused.value.__cause__ is None
        assert "mis-geraden" not in repr(wrong) + str(refused.value)
        post = Post(wrong)
        post.put(ANNA)
        assert not await post.transport.deliver(asyncio.Event())
        assert post.states == {ANNA: PENDING}


async def test_no_address_is_logged(
    server: MailServer, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail("RCPT", "550 No such user", "450 later")
    async with running() as post:
        post.put(ANNA, BERT)
        await post.until(anna=DEAD, bert=SENT)
        post.faults.flush()
    ours = [r for r in caplog.records if not r.name.startswith("mail.log")]
    assert [r.getMessage() for r in ours if r.name == "bot.faults"]
    for record in ours:
        said = f"{record.getMessage()} {record.__dict__}"
        assert "example" not in said
