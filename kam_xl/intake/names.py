"""Names of accounts: which ones are the same, whatever blanks and letter forms they were typed with."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")


def tidy(name: str) -> str:
    """A name as it is shown: one blank between words, letters in one piece, nothing that cannot be seen.

    >>> tidy("Mu\\u0308ller\\u00a0 AG "), tidy("Bo\\u200breal")
    ('Müller AG', 'Boreal')
    """
    if name.isascii() and "  " not in name and "\n" not in name and "\t" not in name:
        return name.strip()
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", name)).split()) or name.strip()


def key_of(name: str) -> str:
    """What two spellings of one account share.

    >>> key_of("AURELIA  AG") == key_of("Aurelia\\u00a0AG")
    True
    """
    return tidy(name).lower()
