"""The rooms of kam_xl and the arrows between them: `python tests/rooms.py` counts them, from the ground up."""

from __future__ import annotations

import tomllib
from pathlib import Path

import grimp


def floors() -> list[list[str]]:
    """The rooms of every floor, ground first, as the contract in pyproject.toml has them."""
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    return [[name.strip() for name in floor.split("|")] for floor in reversed(contract["layers"])]


def arrows() -> dict[tuple[str, str], int]:
    """How many imports go from one room to another."""
    found: dict[tuple[str, str], int] = {}
    graph = grimp.build_graph("kam_xl")
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = module.partition(".")[2].partition(".")[0], imported.partition(".")[2].partition(".")[0]
            if all(pair) and pair[0] != pair[1]:
                found[pair] = found.get(pair, 0) + 1
    return found


def main() -> None:
    """Print them."""
    storeys, found = floors(), arrows()
    floor_of = {room: number for number, rooms in enumerate(storeys) for room in rooms}
    for number, rooms in enumerate(storeys):
        for room in rooms:
            below = sorted(f"{to} {n}" for (of, to), n in found.items() if of == room)
            print(f"{number}  {room:14} {', '.join(below)}")
    up = [pair for pair in found if floor_of[pair[0]] <= floor_of[pair[1]]]
    print(f"{len(floor_of)} rooms on {len(storeys)} floors, {len(found)} arrows, {len(up)} of them run up")


if __name__ == "__main__":
    main()
