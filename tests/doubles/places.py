"""Where tests keep what they write and throw away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """Give a folder in memory, if there is such a thing.

    A durable write takes ten times as long on a disk. To whoever is killed, and
    started again, there is no difference.
    """
    if not _IN_MEMORY.is_dir():
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY, prefix="polsslag-") as folder:
        yield Path(folder)
