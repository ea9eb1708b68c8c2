"""Deliberate mistakes in the pages: one text of their source replaced by another.

They stand in the folder `mistakes`, a file for each page, one a line: text, ⇒, mistaken text; ``\\n`` is a new line.
The first of each page is tried in every run, the others with --long.
"""

from pathlib import Path

ARROW = "  ⇒  "
FOLDER = Path(__file__).parent / "mistakes"


def read() -> list[tuple[str, str, str]]:
    """Page, text and mistaken text of every mistake."""
    out = []
    for file in sorted(FOLDER.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text, mistake = line.replace("\\n", "\n").split(ARROW)
            out.append((file.stem, text, mistake))
    return out


MUTATIONS = read()
