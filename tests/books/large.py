"""A made-up company: 300 accounts, 3 years, 12 months, 40 stakeholders, 20 divisions, and every other input filled."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from kam_xl.content.records import RECORDS, TERMS
from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables

ACCOUNTS, YEARS, MONTHS, PEOPLE, DIVISIONS = 300, ["2023", "2024", "2025"], 12, 40, 20
WORDS = ["North", "Harbour", "Élan", "Ost", "Vale", "Summit", "Care", "Trust", "Mill", "Bright"]


def settings() -> Template:
    divisions = [f"Division {chr(65 + k)}" for k in range(DIVISIONS)]
    return Template(divisions=divisions, map_account=name(7), plan_account=name(7), rollout_account=name(7))


def name(i: int) -> str:
    return f"{WORDS[i % 10]} {WORDS[(i // 10) % 10]} {i + 1}"


def tables() -> Tables:
    rng = random.Random(300)
    t = Tables.empty(YEARS)
    template = settings()
    some = [name(rng.randrange(ACCOUNTS)) for _ in range(20)]
    for i in range(ACCOUNTS):
        step = rng.choice([*template.steps, None])
        row: dict[str, Any] = {"account": name(i), "owner": f"Owner {i % 7}", "step": step}
        row["engagement"] = rng.choice([None, rng.randint(0, 100)])
        row["satisfaction"] = rng.choice([None, round(rng.uniform(1, 5), 1)])
        for key, most in (("queue_since", 200), ("contact", 120), ("due", -60), ("renewal", -700), ("since", 3000)):
            row[key] = rng.choice(
                [None, date(2025, 12, 31) - timedelta(days=rng.randint(0, abs(most)) * (most > 0 or -1))]
            )
        row["figure"] = rng.choice([None, rng.randint(0, 5000)])
        t.accounts.append({k: v for k, v in row.items() if v is not None})
        size = rng.lognormvariate(4, 1.5)
        t.revenue.append((name(i), [rng.choice([None, 0, round(size * rng.uniform(0.5, 1.5), 2)]) for _y in YEARS]))
        amount = round(size / 12, 1)
        for m in range(MONTHS):
            if rng.random() < 0.9:
                amount = round(amount * rng.choice([1, 1, 1, 1.1, 0.9]), 1)
                plan = rng.randrange(3)
                t.mrr.append((date(2025, m + 1, 1), name(i), [amount if k == plan else None for k in range(3)]))
    t.mrr.sort(key=lambda row: row[0])
    for i in range(40):
        t.scores.append((name(i), *([rng.choice([None, rng.randint(1, 10)]) for _ in range(4)] for _g in range(2))))
    t.records = {key: [] for key in RECORDS}
    people = [f"Person {k}" for k in range(PEOPLE)]
    for k, person in enumerate(people):
        boss = people[rng.randrange(max(1, k // 2))] if k else None
        t.records["stakeholders"].append(
            {"account": name(7), "name": person, "role": rng.choice(["CFO", "Head of Care", "Chief Medical Officer"]),
             "reports_to": boss, "relationship": rng.choice(["friendly", "neutral", "opposed", None]),
             "power": rng.choice([None, 1, 2, 3, 4, 5]), "key": rng.choice([None, "O", 0])}
        )  # fmt: skip
    for _k in range(12):
        one, other = rng.sample(people, 2)
        t.records["influences"].append({"account": name(7), "from": one, "to": other, "how": "advises"})
    for i in range(0, ACCOUNTS, 2):
        cost: dict[str, Any] = {
            "account": name(i),
            "product": rng.randint(1, 4),
            "retention": rng.choice([None, 0.5, 0.9, 1]),
        }
        cost |= {key: round(rng.lognormvariate(3, 1), 1) for key in ("direct", "sell", "serve", "other")}
        t.records["costs"].append(cost)
        scores = {f"score_{k}": rng.choice([None, *[rng.randint(1, 10)] * 9]) for k in range(1, 6)}
        t.records["candidates"].append({"account": name(i), "key": rng.choice(["yes", "no", None]), **scores})
    for i in range(200):
        answer = {"date": date(2025, 1, 1) + timedelta(days=i), "account": name(i), "step": rng.choice(template.steps)}
        t.records["surveys"].append(
            {**answer, "csat": rng.randint(1, 5), "nps": rng.choice([None, rng.randint(0, 10)])}
        )
    for i in range(25):
        for division in template.divisions:
            potential = rng.choice([None, 0, round(rng.lognormvariate(4, 1))])
            sold = None if potential is None else rng.choice([0, None, round(potential * rng.random()), potential])
            t.records["divisions"].append(
                {"account": name(i), "division": division, "sold": sold, "potential": potential}
            )
    for k in range(30):
        account = name(7) if k < 12 else rng.choice(some)
        t.records["goals"].append(
            {"account": account, "goal": f"Goal {k}", "term": rng.choice(TERMS), "worth": rng.randint(10, 900),
             "won": 5, "lost": 1, "chance": rng.choice([0.1, 0.5, 0.9]), "owner": f"Owner {k % 4}"}
        )  # fmt: skip
        due = date(2025, 11, 1) + timedelta(days=7 * k)
        t.records["actions"].append(
            {"account": account, "action": f"Action {k}", "term": rng.choice(TERMS), "owner": f"Owner {k % 4}",
             "due": due, "state": rng.choice(["open", "running", "done"])}
        )  # fmt: skip
        start = date(2025, 9, 1) + timedelta(days=6 * k)
        t.records["tasks"].append(
            {"account": rng.choice([name(7), None]), "phase": f"Phase {k // 6}", "task": f"Task {k}",
             "owner": "Owner 1", "start": start, "end": start + timedelta(days=rng.choice([0, 5, 30])),
             "done": rng.choice([0, 0.3, 1])}
        )  # fmt: skip
    t.records["business"].append({"account": name(7), "goals": "Grow", "strengths": "People", "threats": "Tender"})
    for k in range(12):
        letters = {f"role_{j}": rng.choice(["R", "C", "I", None]) for j in range(2, 9)}
        t.records["raci"].append({"task": f"Task {k}", "role_1": "A", **letters})
    for i in range(0, ACCOUNTS, 3):
        t.records["coverage"].append({"account": name(i), "sponsor": rng.choice([None, "Dr. X"]), "sales": "Seller"})
    t.records["charter"] = [
        {"section": section, "text": f"{section} text", "answer": "yes" if section == "Readiness" else None}
        for section in ("Purpose", "Scope", "Readiness", "Weekly", "Monthly", "Quarterly")
    ]
    for key, rows in t.records.items():
        t.records[key] = [{k: v for k, v in row.items() if v is not None} for row in rows]
    return t
