"""The mistakes a person can mend: one line each, never a traceback.

KamError
├── InputError      an argument of a worksheet function (shown in the cell as ``#KAM! …``)
├── DataError       a file of the user's that cannot be read as it is
│   └── DoubtError  one that can be read in several ways, and the option that says in which
├── TemplateError   a template that is wrong, with its line
└── HostError       LibreOffice, Excel or their add-in is missing or does not answer
"""

from __future__ import annotations

from collections.abc import Sequence


class KamError(Exception):
    """A mistake the person can mend. Its text is one line: what is wrong, where, what to do."""


class InputError(KamError):
    """A wrong argument of a worksheet function."""


class DataError(KamError):
    """A file of the user's that cannot be read or written as it is."""


class DoubtError(DataError):
    """Data that can be read in several ways, which a person must choose from.

    Attributes
    ----------
    option
        The option of the command that answers.
    choices
        The answers, each with what it would mean.
    """

    def __init__(self, text: str, option: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(text)
        self.option, self.choices = option, list(choices)


class TemplateError(KamError):
    """A template that is wrong."""


class HostError(KamError):
    """A spreadsheet program or its add-in is missing or does not answer."""
