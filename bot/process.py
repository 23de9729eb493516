"""The process itself: what is in its memory stays there, and is seldom gone through."""

import ctypes
import gc
import os
import sys
from typing import Final

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE: Final = 4
PRIVATE: Final = 0o077
_GARBAGE: Final = 10_000


def harden() -> None:
    """Keep the memory to ourselves, and make only private files."""
    os.umask(PRIVATE)
    keep_memory()


def keep_memory() -> None:
    """Write no core dump, and let no other process read along."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # No debugger and no /proc/<pid>/mem for anybody but root.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def settle() -> None:
    """Have garbage looked for less often, and never in what the start has made.

    A step makes thousands of small objects that go by themselves; to look among them
    for what does not took a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(_GARBAGE)
