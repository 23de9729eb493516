"""The process in which texts are scrubbed: it has no keys, and can really be stopped.

The bot runs this file with requests on standard input and answers on standard output.
It writes nothing else, not even why something failed, for that could quote a text. It
ends with its standard input, and so with the bot. What a request may ask for stands in
`_Worker.does`; a second thing to ask for is one more line there.
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from bot.process import harden
from bot.remarks import Scrubbed, Withheld
from bot.scrub import NOBODY, roster_of, scrub
from bot.scrub.canaries import all_are_caught
from bot.scrub.messages import Message, packed, read_message

LONGEST: Final = 30
"""Seconds; whoever asked has long gone then, or would have stopped this process."""


class _Worker:
    def __init__(self) -> None:
        self._roster = NOBODY
        self.does: Mapping[str, Callable[[Message], Message]] = {
            "begin": self._begin,
            "scrub": self._scrub,
        }

    def _begin(self, asked: Message) -> Message:
        """Read every list, and see whether what must be caught is."""
        self._roster = roster_of(asked["roster"])
        return {"sound": all_are_caught()}

    def _scrub(self, asked: Message) -> Message:
        match scrub(asked["text"], asked["language"], self._roster):
            case Scrubbed(text, replaced):
                return {"text": text, "replaced": replaced}
            case Withheld() as why:
                return {"withheld": why.value}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request until there are no more."""
    worker = _Worker()
    while (asked := read_message(requests)) is not None:
        # Even where it hangs and the bot is gone, it ends; no handler has to run.
        signal.alarm(LONGEST)
        answers.write(packed(_answered(worker, asked)))
        answers.flush()
        signal.alarm(0)


def _answered(worker: _Worker, asked: Message) -> Message:
    try:
        return worker.does[asked["do"]](asked)
    except Exception:
        return {"failed": True}


def main() -> None:
    """Serve on the pipes that the bot has laid."""
    harden()
    # Nobody reads along: a traceback could quote what somebody wrote.
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
    # The bot alone says when it is over, not whoever presses Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
