"""The mistakes a person can mend: one line each, never a traceback.

KamError
├── InputError      an argument of a worksheet function (shown in the cell as ``#KAM! …``)
├── DataError       a file of the user's that cannot be read as it is
├── TemplateError   a template that is wrong, with its line
└── HostError       LibreOffice, Excel or their add-in is missing or does not answer
"""


class KamError(Exception):
    """A mistake the person can mend. Its text is one line: what is wrong, where, what to do."""


class InputError(KamError):
    """A wrong argument of a worksheet function."""


class DataError(KamError):
    """A file of the user's that cannot be read or written as it is."""


class TemplateError(KamError):
    """A template that is wrong."""


class HostError(KamError):
    """A spreadsheet program or its add-in is missing or does not answer."""
