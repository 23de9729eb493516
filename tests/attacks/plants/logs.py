"""A log as it is written when nobody thinks of it."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import pytest

from bot.commands import running
from bot.dialogue import Input, Reply
from bot.faultlog import FaultLog
from bot.service import SurveyService

_handle = SurveyService.handle


@contextmanager
def work_logged_at_debug() -> Iterator[None]:
    """Say at DEBUG that something is being handled, and nothing else of it."""

    async def handle(
        self: SurveyService, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        logging.getLogger("bot.service").debug("handled")
        return await _handle(self, subject, event, update)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SurveyService, "handle", handle)
        yield


@contextmanager
def everything_logged() -> Iterator[None]:
    """Log at INFO what comes in, and every fault at once with all it says."""

    def set_up(stream: TextIO = sys.stderr) -> None:
        logging.basicConfig(level=logging.INFO, stream=stream, force=True)

    async def handle(
        self: SurveyService, subject: str, event: Input, update: int | None = None
    ) -> Reply:
        logging.getLogger("bot.service").info("%s: %s", subject, event)
        return await _handle(self, subject, event, update)

    def note(_: FaultLog, fault: BaseException) -> None:
        logging.getLogger("bot.faults").error("fault", exc_info=fault)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "set_up", set_up)
        patch.setattr(SurveyService, "handle", handle)
        patch.setattr(FaultLog, "note", note)
        yield
