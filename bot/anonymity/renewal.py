"""Begin anew where the keys of what is stored are gone.

That is so when a data folder comes back from an image or a copy: its sessions and
ballots can never be read again, by nobody. They are destroyed; what was released stays.
"""

from collections.abc import Awaitable, Callable

from bot.anonymity.door import Lock
from bot.anonymity.keys import KeyFolder
from bot.ballots import BallotStore
from bot.core.session import IdentityRows, SessionStore
from bot.errors import InputError, KeyFault

_LOST = ("key-missing", "key-damaged")


async def renew(
    sessions: SessionStore,
    ballots: BallotStore,
    keys: KeyFolder,
    lock: Lock,
    empty_box: Callable[[str], Awaitable[None]],
) -> None:
    """Destroy what is sealed under keys that are gone, and make new keys.

    Killed at any moment, it can be done again.

    Args:
        empty_box: destroys ballots and sums in one transaction and names the epoch
            that it is given on the anonymous side.

    Raises:
        InputError: no key is gone; nothing was changed.
        KeyFault: the keys cannot be used.
    """
    async with lock:
        await require_lost(sessions, ballots, keys)
        known = await sessions.epoch()
        epoch = keys.make()
        # Both sides, although one of them may be readable still: what a person did
        # must not go on beside a box that knows nothing of it.
        if known:
            await sessions.reseal(known, epoch, lambda _: IdentityRows((), ()))
        else:
            await sessions.begin(epoch)
        await empty_box(epoch)
        await sessions.vacuum()
        await ballots.vacuum()
        keys.destroy_all_but(frozenset({epoch}))


async def require_lost(
    sessions: SessionStore, ballots: BallotStore, keys: KeyFolder
) -> None:
    """Refuse to go on where every key that the data name is there.

    Raises:
        InputError: no key is gone.
        KeyFault: the keys cannot be used.
    """
    keys.check()
    named = {await sessions.epoch(), await ballots.epoch()} - {""}
    if not any(_is_lost(keys, epoch) for epoch in named):
        raise InputError("nothing-to-adopt")


def _is_lost(keys: KeyFolder, epoch: str) -> bool:
    try:
        keys.load(epoch)
    except KeyFault as fault:
        if fault.code in _LOST:
            return True
        raise
    return False
