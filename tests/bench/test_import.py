"""Reading a table takes time in proportion to its rows."""

from __future__ import annotations

import time
from pathlib import Path

from kam_xl.content.settings import Template
from kam_xl.intake.importer import read_data


def test_four_times_the_rows_take_about_four_times_as_long(tmp_path: Path) -> None:
    def seconds(n: int) -> float:
        rows = "".join(f"Account {i % (n - n // 10)},Country {i % 30},{i}.25,{i * 2},,{i}\n" for i in range(n))
        (tmp_path / "in.csv").write_text("Account,Country,2022,2023,2024,2025\n" + rows, encoding="utf-8")
        start = time.perf_counter()
        assert len(read_data(tmp_path / "in.csv", Template()).accounts) == n - n // 10
        return time.perf_counter() - start

    few = min(seconds(5000) for _attempt in range(3))
    assert min(seconds(20000) for _attempt in range(3)) < 10 * few
