"""Parts of the program made naively, one leak each. No part of the product uses them.

Each is a context in which the real program runs with that part in place of its own.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Final

from tests.attacks.plants.logs import everything_logged, work_logged_at_debug
from tests.attacks.plants.openings import whenever_told
from tests.attacks.plants.repeats import no_tombstones
from tests.attacks.plants.sealing import sealed_by_nothing
from tests.doubles.builds import unwiping

PLANTS: Final[Mapping[str, Callable[[], AbstractContextManager[None]]]] = {
    "a careless schedule": whenever_told,
    "everything logged": everything_logged,
    "work logged at DEBUG": work_logged_at_debug,
    "no tombstones": no_tombstones,
    "sealed by nothing": sealed_by_nothing,
    "off by default": unwiping,
}
"""Those that a process of its own can be started with, by name."""
