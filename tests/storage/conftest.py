"""Stores in a folder of the test's own, closed whatever happens."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Stores, open_stores


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    """Give stores in the epoch `epoch-one`, in the folder of the test."""
    stores = await open_stores(tmp_path)
    await stores.sessions.begin("epoch-one")
    await stores.ballots.begin("epoch-one")
    yield stores
    await stores.close()
