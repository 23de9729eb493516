"""The exceptions that cross a module's border. Any other exception is a bug.

PolsslagError
├── ConfigError        the configuration or a secret is missing or wrong
├── FlowError          a flow file cannot be used; carries every Issue
├── DrawingError       a picture could not be made; the text of a digest can do without
├── InputError         a file or a word given on the command line is wrong
│   └── ContactsError  a list of contacts has faults; carries each, by line
├── StorageError       the data folder cannot be trusted or used
│   └── StaleEpoch     the keys changed under a write: reload, seal again
├── KeyFault           a key file is missing, readable by others, or damaged
└── TransportError     the chat service cannot be used any longer
"""

from dataclasses import dataclass


class PolsslagError(Exception):
    """A fault that someone can mend; `code` names its text in the staff catalogue.

    Args:
        code: name of the message (`staff.error.<code>`).
        facts: values for the message's blanks; never anything of a client.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and the facts; the words are the catalogue's."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Say the code and the facts, for a developer's eyes."""
        facts = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.code}({facts})" if facts else self.code


class ConfigError(PolsslagError):
    """The configuration, or a secret it needs, is missing or wrong."""


class DrawingError(PolsslagError):
    """A picture could not be made; what it belongs to can do without."""


class InputError(PolsslagError):
    """A file or a word given on the command line is wrong."""


class ContactsError(InputError):
    """A list of contacts has faults: the first of them, and how many there are."""

    def __init__(self, faults: tuple[InputError, ...], count: int) -> None:
        """Keep the faults that are to be told."""
        super().__init__("contacts-faults", count=count, shown=len(faults))
        self.faults = faults


class StorageError(PolsslagError):
    """The data folder cannot be trusted or used."""


class StaleEpoch(StorageError):
    """The store has moved to another epoch: reload the keys and seal again."""

    def __init__(self, current: str) -> None:
        """Keep which epoch the store is in now."""
        super().__init__("stale-epoch")
        self.current = current


class KeyFault(PolsslagError):
    """A key file is missing, readable by others, or damaged."""


class TransportError(PolsslagError):
    """The chat service cannot be used any longer; starting again may help."""


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One fault in a file that a person wrote: where, what, and how to mend it.

    Args:
        path: the file as it was named on the command line.
        line: from 1.
        column: from 1.
        level: `error` keeps a flow from going live; `warn` does not.
        rule: the rule's id, which is also its heading in the documentation.
        facts: (name, value) pairs for the blanks of the rule's message.
        excerpt: the line of the file, as it stands there.
    """

    path: str
    line: int
    column: int
    level: str
    rule: str
    facts: tuple[tuple[str, str], ...] = ()
    excerpt: str = ""


class FlowError(PolsslagError):
    """A flow or configuration file has faults; all of them, in the file's order."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        """Keep every issue."""
        super().__init__("file-has-faults", count=len(issues))
        self.issues = issues
