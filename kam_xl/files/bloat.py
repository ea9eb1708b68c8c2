"""What blows up the XML of a sheet and is no cell: comments of any length, attributes of megabytes, endless blanks.

Spreadsheet programs write none of it. Readers would go through it byte by byte, so a file that has it is refused while
it is unpacked.
"""

from __future__ import annotations

import re

MOST = 1 << 20  # bytes: a cell holds 32,767 letters, of at most ten signs each
_OPEN = re.compile(rb"<!--|<\?|<!\[CDATA\[")
_CLOSE = {b"<!--": b"-->", b"<?": b"?>", b"<![CDATA[": b"]]>"}
_SEAM = 8  # bytes in which such a sign may lie that is cut in two
_PARTS = re.compile(r"xl/worksheets/[^/]*\.xml|xl/sharedstrings\.xml|xl/workbook\.xml|docprops/[^/]*\.xml")


def may_bloat(part: str) -> bool:
    """Whether a part of a workbook (its name in small letters) is one whose XML is looked at."""
    return _PARTS.fullmatch(part) is not None


class Bloat:
    """Goes through the XML of a part, piece by piece.

    >>> Bloat().add(b"<row><!-- a word --></row>"), Bloat().add(b"<row a='" + b"x" * 2_000_000)
    (False, True)
    """

    def __init__(self) -> None:
        self._since = 0  # bytes since the last end of a tag
        self._foreign = 0  # bytes of comments and the like
        self._until = b""  # the end of what is open
        self._seam = b""

    def add(self, block: bytes) -> bool:
        """Whether this is more than a megabyte of what is no cell, here or since the last call."""
        return self._is_long(block) or self._is_foreign(block)

    def _is_long(self, block: bytes) -> bool:
        """Whether no tag ends for a megabyte."""
        start, at = 0, -self._since
        while True:
            last = block.rfind(b">", start, max(start, at + MOST))
            if last < 0:
                found = block.find(b">", start)
                end = len(block) if found < 0 else found
                self._since = end - at
                if self._since > MOST or found < 0:
                    return self._since > MOST
                last = found
            start = at = last + 1

    def _is_foreign(self, block: bytes) -> bool:
        text, at = self._seam + block, 0
        while self._foreign <= MOST:
            if self._until:
                end = text.find(self._until, at)
                if end < 0:
                    self._foreign += max(0, len(text) - at - _SEAM)
                    break
                self._foreign += end - at + len(self._until)
                at, self._until = end + len(self._until), b""
            found = _OPEN.search(text, at) if b"<!" in text or b"<?" in text else None
            if found is None:
                break
            at, self._until = found.end(), _CLOSE[found[0]]
        self._seam = text[max(at, len(text) - _SEAM) :]
        return self._foreign > MOST
