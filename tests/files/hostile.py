"""A company whose every name is one that formulas, XML, number formats or lists could stumble over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kam_xl.content.settings import Criterion, Template, Weighed
from kam_xl.content.tables import Tables

NAMES = [
    *("=1+1", "@SUM(A1)", "+49 30", "-x", "a*b?~c", "'", '"', '"";"', "&amp; <b>", "Zoë 🎉 株式会社", "x" * 200, "1.5"),
    *("[0]!x", "{1,2}", "#N/A", "TRUE", "A1", "R1C1", "5 %", "a,b;c", "_x0041_", "soft\u00adhyphen", "&P &[Date]", "~"),
]
SHORT = [name[:60] for name in NAMES]
PEOPLE = 60


def settings() -> Template:
    """The settings: every list that the user names is as long as it may be."""
    criteria = [Criterion(name=name, weight=0.2) for name in SHORT[:5]]
    return Template(
        company="\"&<>'🎉 =1+1",
        currency="\"€;[x]&'%0",
        plans=SHORT[:5],
        steps=SHORT[:8],
        sectors=SHORT[:12],
        divisions=SHORT[:20],
        roles=SHORT[:8],
        growth=criteria,
        harmony=criteria,
        selection=[Weighed(name=name, weight=0.2) for name in SHORT[:5]],
        own_figure='Seats "<&>" 🎉',
        map_account=NAMES[0],
        plan_account=NAMES[0],
        rollout_account=NAMES[0],
    )


def tables() -> Tables:
    """One row of everything for each name, and a large tree of people for the first."""
    day = dt.date(2025, 12, 1)
    records: dict[str, list[dict[str, Any]]] = {
        "stakeholders": [
            {"account": NAMES[0], "name": f"{NAMES[i % len(NAMES)]} {i}", "role": NAMES[i % len(NAMES)], "power": i % 6}
            | ({"reports_to": f"{NAMES[(i // 3) % len(NAMES)]} {i // 3}"} if i else {})
            for i in range(PEOPLE)
        ],
        "tasks": [{"account": NAMES[0], "phase": n, "task": n, "owner": n, "start": day, "end": day} for n in NAMES],
        "goals": [{"account": NAMES[0], "goal": name, "term": "short", "worth": 2.5} for name in NAMES],
        "raci": [{"task": name, "role_1": "A?"} for name in NAMES],
        "charter": [{"section": "Purpose", "text": name} for name in NAMES[:4]],
        "divisions": [{"account": n, "division": d, "sold": 1.5} for n in NAMES[:4] for d in SHORT[:4]],
    }
    return Tables(
        accounts=[
            {"account": name, "owner": name, "sector": name[:60], "figure": 2.5, "notes": name} for name in NAMES
        ],
        years=["2024", "2025"],
        revenue=[(name, [i + 1.5, 40 - i]) for i, name in enumerate(NAMES)],
        mrr=[(dt.date(2025, month, 1), name, [1.5, month]) for month in (11, 12) for name in NAMES],
        scores=[(name, [5, 5.5, 5, 5], [5, 5, 5, None]) for name in NAMES],
        records=records,
    )
