"""A request object without a network: the library's own parsing, and no sockets."""

import json
from collections.abc import Callable
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.transports.telegram.request import QuietRequest

Given = dict[str, Any]
Answers = Callable[[str, Given], Any]


class StubRequest(BaseRequest):
    """Answers each call with what a function makes of its method and parameters.

    Args:
        answers: (method, parameters) -> the result; an exception is raised, a pair of
            code and body is answered as it is.
    """

    parse_json_payload = staticmethod(QuietRequest.parse_json_payload)

    def __init__(self, answers: Answers) -> None:
        """Start with no call made."""
        self.calls: list[tuple[str, Given]] = []
        self._answers = answers

    @property
    def read_timeout(self) -> float:
        """Nothing is waited for."""
        return 1.0

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Hold nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **more_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Answer at once."""
        name = url.rsplit("/", 1)[1].partition("?")[0]
        given = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, given))
        answer = self._answers(name, given)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, tuple):
            code, body = answer
            return code, body
        return 200, json.dumps({"ok": True, "result": answer}).encode()
