"""Schemas with room for what must not be asked or kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from storage import sqlite


class LooseFlow(BaseModel):
    """A flow that takes up any key that somebody writes down."""

    model_config = ConfigDict(extra="allow")
    flow: str
    questions: list[dict[str, Any]]


@contextmanager
def extended(script: str, schema: str = "answers") -> Iterator[None]:
    """Run one more script of SQL on a new database."""
    known: Callable[[str], tuple[str, ...]] = vars(sqlite)["scripts"]

    def longer(name: str) -> tuple[str, ...]:
        found = known(name)
        return (*found, script) if name == schema else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "scripts", longer)
        yield


@contextmanager
def employees_listed() -> Iterator[None]:
    """Make a place for the name of the case manager."""
    with extended("CREATE TABLE helped (week TEXT, employee TEXT, n INTEGER);\n"):
        yield
