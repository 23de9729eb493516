"""A worker scrubs apart from the bot, is stopped when it hangs, and starts anew."""

import asyncio
import io
import logging
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from bot.remarks import Scrubbed, Scrubber, Withheld
from bot.scrub import serving, worker
from bot.scrub.messages import Message, length_of, packed, read_message, unpacked
from bot.scrub.serving import serve
from bot.scrub.worker import ScrubWorker

TEXT = "mevrouw Verbeekstra heeft mij goed geholpen"
CLEAN = Scrubbed("mevrouw [NAAM] heeft mij goed geholpen", 1)

# Takes the place of a worker: it answers that it is sound, and then does as it is told.
STAND_IN = """
import sys, time
sys.path.insert(0, {root!r})
from bot.scrub.messages import packed, read_message
while (asked := read_message(sys.stdin.buffer)) is not None:
    if asked["do"] == "begin":
        answer = {begin!r}
    elif {does!r} == "hang":
        time.sleep(60)
    elif {does!r} == "die":
        sys.exit(3)
    else:
        answer = {does!r}
    sys.stdout.buffer.write(packed(answer) if answer is not None else b"\\xff" * 8)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[ScrubWorker]:
    """Give workers that run the code in a file, instead of ours."""
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} "{tmp_path}/code.py"\n')
    script.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(script))
    return ScrubWorker


def play(folder: Path, does: object, begin: object = None) -> None:
    root = str(Path(worker.__file__).parents[2])
    begin = {"sound": True} if begin is None else begin
    code = STAND_IN.format(root=root, does=does, begin=begin)
    (folder / "code.py").write_text(code)


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: path.read_bytes() for path in files}


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def core_limit(pid: int) -> list[str]:
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    [line] = [line for line in limits if line.startswith("Max core file size")]
    return line.split()[4:6]


async def settled(one: ScrubWorker) -> None:
    """Wait until a worker that is being started has started."""
    while one._starting is not None:
        await asyncio.wait([one._starting])


async def test_it_scrubs_and_is_a_scrubber() -> None:
    async with ScrubWorker(["Post Anders"]) as one:
        scrubber: Scrubber = one
        assert one.is_sound
        assert await scrubber.scrub(TEXT, "nl") == CLEAN
        assert await scrubber.scrub("dank xolwemi", None) is Withheld.TOO_LITTLE
        many = [one.scrub(TEXT, "nl") for _ in range(20)]
        assert await asyncio.gather(*many) == [CLEAN] * 20
        assert await one.scrub("x" * 1_000_000, "nl") is Withheld.TOO_LITTLE
        assert await one.ask({"do": "nothing"}) is None
        await settled(one)
        assert await one.scrub(TEXT, "nl") == CLEAN
        pid = one.pid
        assert pid is not None
        assert core_limit(pid) == ["0", "0"]
    assert not one.is_sound
    assert one.pid is None
    assert await one.scrub(TEXT, "nl") is Withheld.IN_DOUBT


async def test_before_it_is_started_all_is_withheld() -> None:
    assert await ScrubWorker().scrub(TEXT, "nl") is Withheld.IN_DOUBT


async def test_a_worker_that_is_killed_is_started_anew(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    caplog.set_level(logging.DEBUG)
    async with ScrubWorker(limit=20) as one:
        assert one.pid is not None
        before = one.pid
        os.kill(one.pid, signal.SIGKILL)
        assert await one.scrub(TEXT, "nl") is Withheld.IN_DOUBT
        # Whoever asks meanwhile waits for the fresh one.
        assert await one.scrub(TEXT, "nl") == CLEAN
        assert one.pid != before
    assert contents(tmp_path) == {}
    assert "Verbeekstra" not in caplog.text


async def test_a_worker_that_hangs_is_killed_and_started_anew(
    stand_in: type[ScrubWorker], tmp_path: Path
) -> None:
    play(tmp_path, "hang")
    async with stand_in(limit=0.3) as one:
        pid = one.pid
        assert pid is not None
        asked = [one.scrub(TEXT, "nl") for _ in range(3)]
        assert await asyncio.gather(*asked) == [Withheld.IN_DOUBT] * 3
        play(tmp_path, {"text": "schoon", "replaced": 0})
        await settled(one)
        assert not is_running(pid)
        one._limit = 20.0
        assert await one.scrub(TEXT, "nl") == Scrubbed("schoon")
    files = contents(tmp_path)
    assert files.keys() == {"python", "code.py"}
    assert not any(b"Verbeekstra" in content for content in files.values())


@pytest.mark.parametrize(
    "answer", ["die", {"withheld": "what"}, {"text": 1}, {"failed": True}, None, {}]
)
async def test_an_answer_that_is_none_withholds(
    answer: object, stand_in: type[ScrubWorker], tmp_path: Path
) -> None:
    play(tmp_path, answer)
    async with stand_in(limit=20) as one:
        assert await one.scrub(TEXT, "nl") is Withheld.IN_DOUBT


@pytest.mark.parametrize("begin", [{"sound": False}, {"failed": True}])
async def test_a_worker_that_misses_a_canary_is_not_used(
    begin: object, stand_in: type[ScrubWorker], tmp_path: Path
) -> None:
    play(tmp_path, {"text": TEXT, "replaced": 0}, begin)
    async with stand_in(limit=20) as one:
        assert not one.is_sound
        assert await one.scrub(TEXT, "nl") is Withheld.IN_DOUBT
        assert one.pid is None


async def test_a_worker_that_cannot_be_started_withholds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    async with ScrubWorker() as one:
        assert not one.is_sound
        assert await one.scrub(TEXT, "nl") is Withheld.IN_DOUBT


async def test_closing_does_not_wait_for_one_that_is_starting(
    stand_in: type[ScrubWorker], tmp_path: Path
) -> None:
    play(tmp_path, "die")
    async with stand_in(limit=20) as one:
        assert await one.scrub(TEXT, "nl") is Withheld.IN_DOUBT
    assert one.pid is None


async def test_a_worker_ends_with_its_input() -> None:
    one = ScrubWorker()
    await one.start()
    process = one._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert await process.wait() == 0
    await one.close()


def test_each_request_is_answered_in_turn() -> None:
    asked: list[Message] = [
        {"do": "begin", "roster": ["Xolwemi"]},
        {"do": "scrub", "text": "het was xolwemi die hielp", "language": "nl"},
        {"do": "scrub", "text": "dank Jansen", "language": None},
        {"do": "scrub"},
        {"do": "what"},
    ]
    answers = io.BytesIO()
    serve(io.BytesIO(b"".join(map(packed, asked))), answers)
    answers.seek(0)
    assert [read_message(answers) for _ in range(6)] == [
        {"sound": True},
        {"text": "het was [NAAM] die hielp", "replaced": 1},
        {"withheld": "too_little"},
        {"failed": True},
        {"failed": True},
        None,
    ]


def test_what_is_no_message_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than any"):
        length_of(b"\xff\xff\xff\xff")
    with pytest.raises(ValueError, match="no message"):
        unpacked(b"[]")


def test_it_serves_on_its_pipes_with_nothing_to_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = signal.getsignal(signal.SIGINT)
    hardened: list[bool] = []
    monkeypatch.setattr(serving, "harden", lambda: hardened.append(True))
    asked = io.TextIOWrapper(io.BytesIO(packed({"do": "what"})))
    said = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", asked)
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    serving.main()
    sys.stderr.close()
    signal.signal(signal.SIGINT, before)
    assert hardened == [True]
    assert said.buffer.tell() == len(packed({"failed": True}))
