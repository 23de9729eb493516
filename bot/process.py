"""Keep what is in the process's memory out of files and out of other users' reach."""

import ctypes
import os
import resource
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4
PRIVATE: Final = 0o077


def harden() -> None:
    """Write no core dump, let no other process read along, make only private files."""
    os.umask(PRIVATE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # No debugger and no /proc/<pid>/mem for anybody but root.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
