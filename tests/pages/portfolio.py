"""Five accounts, small enough to be worked out on paper: every page's numbers are derived in the test of that page.

Report date 31 December 2025, amounts in k€. Numbers at a limit are there on purpose: Cora's engagement is exactly the
60 of the at-risk rule, Bell has waited exactly the 90 days of the alarm.

                 Ada      Bell     Cora      Dune         Echo
revenue 2023     300       200       60        40           80
        2024     320       150      100        20           80
        2025     400        90      150        10        blank
in all          1020       440      310        70          160    = 2000

MRR  Dec 2024     24        12        6         –            8    = 50   (Ada, Echo Standard; Bell, Cora Basic)
     Sep 2025     28         9        6         1            –    = 44
     Nov 2025     32         8        9         3            –    = 52
     Dec 2025  2+30         8       12         3            –    = 55   (Ada Standard + Premium; Cora Standard)

engagement        85        40       60        55           20
satisfaction     4.5         3        4     blank            2
step            Live      Live Training Integration       Live
owner            Kay       Lee      Kay     blank          Lee
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from pages.reading import Pages

ONLY: list[str] = []  # the pages to build; all while it is empty

REVENUE: dict[str, list[Any]] = {
    "Ada": [300, 320, 400],
    "Bell": [200, 150, 90],
    "Cora": [60, 100, 150],
    "Dune": [40, 20, 10],
    "Echo": [80, 80, None],
}

MRR = [  # month, account, amount per plan: Basic, Standard, Premium
    ("2024-12", "Ada", [None, 24]),
    ("2024-12", "Bell", [12]),
    ("2024-12", "Cora", [6]),
    ("2024-12", "Echo", [None, 8]),
    ("2025-09", "Ada", [None, 28]),
    ("2025-09", "Bell", [9]),
    ("2025-09", "Cora", [6]),
    ("2025-09", "Dune", [1]),
    ("2025-11", "Ada", [None, 2, 30]),
    ("2025-11", "Bell", [8]),
    ("2025-11", "Cora", [None, 9]),
    ("2025-11", "Dune", [3]),
    ("2025-12", "Ada", [None, 2, 30]),
    ("2025-12", "Bell", [8]),
    ("2025-12", "Cora", [None, 12]),
    ("2025-12", "Dune", [3]),
]

ACCOUNTS = """
account  owner step        engagement satisfaction since      queue_since reason    next_step     due
Ada      Kay   Live        85         4.5          2020-03-01 -           -         -             -
Bell     Lee   Live        40         3            2021-05-01 2025-10-02  price     offer-service 2025-12-22
Cora     Kay   Training    60         4            2025-10-22 -           -         -             -
Dune     -     Integration 55         -            2025-11-21 2025-12-01  no-use    visit         2026-01-09
Echo     Lee   Live        20         2            2022-01-01 2025-07-04  left      -             -
"""

SCORES = [  # growth: size and growth computed where blank, wallet, upsell; harmony: fit, culture, vision, strategy
    ("Ada", [None, None, 4, 6], [8, 6, 7, 9]),
    ("Bell", [None, 2, 3, 2], [5, 4, 6, 3]),
    ("Cora", [None, None, 9, 8], [7, 8, 6, 5]),
    ("Dune", [None, None, 6, 5], [4, 7, 5, 8]),
]

CANDIDATES = """
account key score_1 score_2 score_3 score_4 score_5
Ada     yes 9       8       8       6       7
Bell    yes 6       5       4       5       3
Cora    no  7       8       7       9       10
Dune    no  3       4       5       6       2
Echo    no  7       7       7       7       7
"""

COSTS = """
account product direct sell serve other retention
Ada     1       200    20   60    20    0.8
Bell    3       50     10   33    10    0.5
Cora    2       60     10   15    5     0.9
Dune    4       4      1    2     0     -
"""

SURVEYS = """
date       account step        csat nps comment
2025-11-10 Dune    Integration 2    3   docs-are-thin
2025-09-05 Cora    Integration 3    6   slow
2020-04-01 Ada     Integration 4    9   -
2025-12-05 Cora    Training    4    8   -
2020-05-01 Ada     Training    5    10  -
2021-06-01 Bell    Training    5    9   -
2025-11-25 Dune    Kick-off    4    10  friendly-start
"""

DIVISIONS = """
account division sold potential
Ada     Pumps    100  200
Ada     Valves   0    50
Ada     Service  30   40
Bell    Pumps    40   40
Bell    Valves   0    30
Cora    Service  20   80
Dune    Pumps    7    -
"""

STAKEHOLDERS = """
account name role reports_to relationship power key external
Ada     Ann  CEO  -          neutral      5     O   -
Ada     Bob  CFO  Ann        friendly     3     -   -
Ada     Cy   CIO  Ann        opposed      4     -   -
Ada     Dee  IT   Cy         neutral      2     -   -
Bell    Eve  CEO  -          friendly     5     -   -
"""

GOALS = """
account goal    term  worth won lost chance owner
Ada     Extend  short 100   40  10   0.5    Kay
Ada     Valves  mid   50    0   0    0.2    Kay
Ada     Partner long  30    30  0    1      Max
Bell    Keep    short 20    0   0    0.9    Lee
"""

ACTIONS = """
account action   term  owner due        state
Ada     Kick-off short Kay   2025-12-01 done
Ada     Price    short Kay   2025-12-20 open
Ada     Review   short Max   2025-12-31 open
Ada     Roadmap  mid   Kay   2026-01-15 running
Bell    Call     short Lee   2025-12-01 open
"""

TASKS = """
account phase task     owner start      end        done
Ada     Prep  Contract Kay   2025-11-03 2025-11-03 1
Ada     Prep  Import   Tom   2025-12-01 2025-12-20 0.5
Ada     Run   Train    Kay   2025-12-22 2026-01-10 0.2
Ada     Run   Pilot    Tom   2025-12-27 2026-01-05 0.45
Ada     Run   Go-live  Kay   2026-01-14 2026-01-14 0
Bell    Prep  Other    Lee   2025-12-01 2025-12-02 0
"""

RACI = """
task    role_1 role_2 role_3 role_4 role_7
Offer   r,a    C      -      -      -
Support A      -      I      R      -
Invoice -      -      -      -      R
"""

COVERAGE = """
account sponsor sales success
Ada     Max     Sue   Cy
Bell    -       Lee   Cy
Cora    -       Sue   -
"""

CHARTER = """
section   text         answer  owner
Purpose   grow         -       -
Readiness sponsors     yes     Max
Readiness plans        yes     Kay
Readiness team         partly  Lee
Readiness data         no      Tom
Weekly    queue        -       Kay
"""


def _cell(text: str) -> Any:
    if text == "-":
        return None
    for kind in (int, float, dt.date.fromisoformat):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def rows(table: str) -> list[dict[str, Any]]:
    """The rows of a table in text: columns parted by blanks, - is a blank cell."""
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return [{k: v for k, v in zip(head, map(_cell, line), strict=True) if v is not None} for line in lines]


def tables(**changes: Any) -> Any:
    """The input tables of the five accounts."""
    from kam_xl.content.tables import Tables

    given: dict[str, Any] = {
        "accounts": rows(ACCOUNTS),
        "years": ["2023", "2024", "2025"],
        "revenue": [(name, list(years)) for name, years in REVENUE.items()],
        "mrr": [(dt.date.fromisoformat(f"{month}-01"), name, list(values)) for month, name, values in MRR],
        "scores": SCORES,
        "records": {
            "candidates": rows(CANDIDATES),
            "costs": rows(COSTS),
            "surveys": rows(SURVEYS),
            "divisions": rows(DIVISIONS),
            "stakeholders": rows(STAKEHOLDERS),
            "influences": [{"account": "Ada", "from": "Dee", "to": "Cy"}],
            "goals": rows(GOALS),
            "actions": rows(ACTIONS),
            "tasks": rows(TASKS),
            "raci": rows(RACI),
            "coverage": rows(COVERAGE),
            "charter": rows(CHARTER),
        },
    }
    return Tables(**(given | changes))


def settings(**changes: Any) -> Any:
    """The standard settings, with another share of growth and two key accounts at most."""
    from kam_xl.intake.template import load_template

    own = {"company": "", "report_date": dt.date(2025, 12, 31), "growth_share": 0.6, "key_cap": 2, "sheets": ONLY}
    own |= {"map_account": "Ada", "plan_account": "Ada", "rollout_account": "Ada"}
    own |= {"divisions": ["Pumps", "Valves", "Service"], "sectors": []}
    return load_template("standard").settings.model_copy(update=own | changes)


def variant(page: str, tables_: Any = None, **changes: Any) -> Pages:
    """One page of a workbook with other tables or settings than those of the five accounts."""
    from kam_xl.workbook.build import build

    return Pages(build(settings(**{"sheets": [page]} | changes), tables_ or tables()))


@cache
def five() -> Pages:
    """The workbook of the five accounts, built once."""
    from kam_xl.workbook.build import build

    return Pages(build(settings(), tables()))
