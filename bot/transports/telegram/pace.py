"""Space requests in time. Pure: the caller says what time it is."""


class Pace:
    """One after every so many seconds, and a few at once after a rest."""

    def __init__(self, every: float, burst: int = 1) -> None:
        """Start rested."""
        self._every = every
        self._slack = (burst - 1) * every
        self._due = 0.0

    def reserve(self, now: float) -> float:
        """Take the next place and give how many seconds it is away."""
        due = max(self._due, now)
        self._due = due + self._every
        return max(0.0, due - self._slack - now)

    def is_rested(self, now: float) -> bool:
        """Say whether this pace knows nothing that a new one would not."""
        return self._due <= now
