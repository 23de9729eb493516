"""How fast, how often and how patiently; nothing that a config file need say."""

from dataclasses import dataclass
from typing import Final

ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")
"""Said with every poll: where it is left out, Telegram keeps an earlier setting."""

BATCH: Final = 100
"""The most updates that one poll can bring."""

COMMANDS: Final = ("help", "privacy", "stop", "language")
"""The commands in the menu of the chat; more spellings are understood."""

STAFF_COMMANDS: Final = ("digest", "uitleg", "gedaan", "voorbeeld")
"""The commands in the menu of a staff chat; nobody else's does anything with them."""

REVIEW_COMMANDS: Final = ("nakijken",)
"""The same of a chat of reviewers."""

EXPLAIN: Final = "uitleg"
"""What the button below a digest carries. No survey's: those begin with a nonce."""

REMARKS: Final = "opmerkingen:"
"""What the button for the remarks begins with; week and flow come after it."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """How many new messages may go out, and how long one request is insisted upon.

    Args:
        all_per_second: new messages to all chats together.
        chat_every: seconds between two new messages in one private chat.
        chat_burst: so many may go at once after a rest.
        group_every: seconds between two new messages in one group (20 a minute).
        in_flight: requests at a time; the HTTP client gets slower with more.
        patience: seconds after which a request that keeps failing is given up. The
            session on disk can show its question again.
        query_patience: the same for the answer to a tap, which is void soon after.
        first_pause: seconds before the second attempt; doubled with every next.
        longest_pause: and never longer than this.
    """

    all_per_second: float = 30.0
    chat_every: float = 1.0
    chat_burst: int = 3
    group_every: float = 3.0
    in_flight: int = 8
    patience: float = 60.0
    query_patience: float = 10.0
    first_pause: float = 0.5
    longest_pause: float = 8.0


@dataclass(frozen=True, slots=True)
class Timing:
    """When the transport does what, in seconds.

    Args:
        poll: how long Telegram may wait for an update before it answers.
        grace: how long a batch may take before Telegram is asked again without
            confirming all of it.
        handle: the longest that the service may take for one update.
        slots: updates handled at a time.
        crowd: so many updates of one chat may wait for their turn; further ones are
            confirmed at once and handled later.
        flood: and so many of those; further ones are not handled. Nobody types that.
        tidy_every: between two calls of `tidy`.
        outbox_every: between two looks in the outbox.
        conflicts: polls in a row that found another poller, before giving up.
        silence: without one successful poll, before giving up.
        longest_pause: between two attempts while Telegram cannot be reached.
        drain: for what is under way when the transport is stopped.
    """

    poll: int = 30
    grace: float = 0.3
    handle: float = 30.0
    slots: int = 100
    crowd: int = 5
    flood: int = 100
    tidy_every: float = 600.0
    outbox_every: float = 5.0
    conflicts: int = 6
    silence: float = 600.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    drain: float = 10.0
