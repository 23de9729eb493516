"""The seed of this week's draws: made before the list is known, gone with the opening.

It is bound to the epoch, so whatever destroys the keys of a week destroys it too.
"""

from bot.anonymity.door import Lock
from bot.anonymity.keys import KeyFolder
from bot.core.session import SessionStore


class Seeds:
    """Gives one seed to all draws between two openings."""

    def __init__(self, sessions: SessionStore, keys: KeyFolder, lock: Lock) -> None:
        """Keep it in this folder, under the epoch that the identity side names."""
        self._sessions = sessions
        self._keys = keys
        self._lock = lock

    async def prepare(self) -> tuple[bytes, bool]:
        """Give the seed, and whether it was made just now.

        Raises KeyFault where it cannot be read or written.
        """
        async with self._lock:
            epoch = await self._sessions.epoch()
            seed = self._keys.seed(epoch)
            return (
                (self._keys.make_seed(epoch), True) if seed is None else (seed, False)
            )

    async def existing(self) -> bytes | None:
        """Give the seed if there is one; make none. Raises KeyFault as above."""
        async with self._lock:
            return self._keys.seed(await self._sessions.epoch())
