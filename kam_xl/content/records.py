"""The tables of the input sheets beyond accounts, revenue, MRR and scores: their columns and what these may hold.

One description serves the sheet (headings, hints, drop-downs), its checks, the reader, the importer and the samples.
A text column takes anything, `choices` are the words that a column knows, `listed` names a list on Settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "number", "date"]


def _later(text: str) -> str:
    """A text that is looked up in the catalogue when it is shown."""
    return text


@dataclass(frozen=True)
class Field:
    """A column of a table."""

    key: str
    heading: str
    px: int = 120
    hint: str = ""
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    listed: str = ""
    bounds: tuple[float, float] | None = None
    form: str = ""  # number format
    needed: bool = False  # in every row that holds anything
    account: bool = False  # the name of an account on Accounts
    unique: bool = False
    also: str = ""  # other headings by which an imported table's column is known, parted by commas
    slots: int = 0  # that many columns, named in the list `listed`: Role 1, Role 2 …

    def columns(self) -> list[Field]:
        """The field itself, or one field per slot.

        >>> [f.key for f in Field("role", "Role", slots=2, listed="roles").columns()]
        ['role_1', 'role_2']
        """
        if not self.slots:
            return [self]
        numbers = range(1, self.slots + 1)
        return [
            replace(self, key=f"{self.key}_{k}", heading=f"{self.heading} {k}", slots=0, listed="") for k in numbers
        ]


@dataclass(frozen=True)
class Record:
    """A table of an input sheet."""

    key: str
    sheet: str
    table: str  # its name in the workbook
    about: str
    fields: tuple[Field, ...]
    least: int = 24  # rows of an empty one
    also: str = ""  # other names by which a sheet of an imported workbook is known

    def columns(self) -> list[Field]:
        """All columns, slots one by one."""
        return [column for field in self.fields for column in field.columns()]


ACCOUNT = Field(
    "account",
    "Account",
    208,
    _later("as on Accounts"),
    needed=True,
    account=True,
    also="account name,customer,client,kunde,company",
)
ONE_ACCOUNT = replace(ACCOUNT, unique=True)
TERMS, STATES, YES = ("short", "mid", "long"), ("open", "running", "done"), ("yes", "no")
RELATIONS = ("friendly", "neutral", "opposed")
SECTIONS = ("Purpose", "Scope", "Readiness", "Weekly", "Monthly", "Quarterly")
ROLE_SLOTS, SELECTION_SLOTS, DIVISION_SLOTS = 8, 5, 20
NOTES = ("notes", "comment", "how")  # keys of fields that take what a table has beside
SHARE = (0.0, 1.0)
MONEY = "#,##0"  # and decimals where there are some


def _money(key: str, heading: str, hint: str = "", also: str = "") -> Field:
    return Field(key, heading, 96, hint or _later("amount"), "number", form=MONEY, bounds=(0, 1e12), also=also)


RECORDS: dict[str, Record] = {
    record.key: record
    for record in (
        Record(
            "stakeholders",
            "Stakeholders",
            "tblStakeholders",
            _later("The people who decide and those who influence them, account by account."),
            (
                ACCOUNT,
                Field("name", "Name", 168, _later("person or firm"), needed=True, also="stakeholder,person,contact"),
                Field("role", "Role", 168, _later("position"), also="title,position,function"),
                Field("reports_to", "Reports to", 168, _later("a name of this list"), also="manager,boss,superior"),
                Field("relationship", "Relationship", 112, _later("list"), choices=RELATIONS, also="relation,attitude"),
                Field("power", "Power", 72, _later("1 low – 5 decides"), "number", bounds=(1, 5), form="0"),
                Field("key", "Key contact", 72, _later("O"), choices=("O", "0", "x", "yes"), also="key"),
                Field("external", "External", 72, _later("yes"), choices=YES),
                Field("notes", "Notes", 240, _later("text"), also="note,comment"),
            ),
            least=40,
            also="people,contacts,decision map,decision makers",
        ),
        Record(
            "influences",
            "Influences",
            "tblInfluences",
            _later("Who influences whom, anywhere: dotted lines on the decision map."),
            (
                ACCOUNT,
                Field("from", "From", 176, _later("as on Stakeholders"), needed=True, also="influencer,who"),
                Field("to", "To", 176, _later("as on Stakeholders"), needed=True, also="influenced,whom"),
                Field("how", "How", 320, _later("text"), also="note,comment"),
            ),
            also="influence,dotted lines",
        ),
        Record(
            "costs",
            "Costs",
            "tblCosts",
            _later("What each account costs, for the year of the revenue basis, and how many customers like it stay."),
            (
                ONE_ACCOUNT,
                Field("product", "Product class", 96, _later("1 best – 4 worst"), "number", bounds=(1, 4), form="0"),
                _money("direct", "Direct cost", _later("of what was sold"), "cost of goods,cogs,cost of sales"),
                _money("sell", "Cost to sell", also="sales cost"),
                _money("serve", "Cost to serve", also="service cost,support cost"),
                _money("other", "Other cost"),
                Field(
                    "retention",
                    "Retention",
                    96,
                    _later("kept per year"),
                    "number",
                    bounds=SHARE,
                    form="0%",
                    also="retention rate",
                ),
            ),
            also="cost,profit,profitability,cost to serve",
        ),
        Record(
            "candidates",
            "Candidates",
            "tblCandidates",
            _later("Scores from 1 (low) to 10 (high) by which key accounts are chosen; the same criteria for all."),
            (
                ONE_ACCOUNT,
                Field("key", "Key today", 88, _later("yes, no"), choices=YES, also="key account,key"),
                Field(
                    "score",
                    "Criterion",
                    104,
                    "",
                    "number",
                    bounds=(1, 10),
                    form="General",
                    slots=SELECTION_SLOTS,
                    listed="selection",
                ),
                Field("notes", "Notes", 240, _later("text"), also="note,comment"),
            ),
            also="selection,criteria,candidate accounts",
        ),
        Record(
            "surveys",
            "Surveys",
            "tblSurveys",
            _later("Answers of customers, step by step of the onboarding: satisfaction and recommendation."),
            (
                Field("date", "Date", 96, _later("date"), "date", also="day,answered"),
                ACCOUNT,
                Field("step", "Step", 128, _later("list"), listed="steps", also="onboarding step,onboarding"),
                Field("csat", "Satisfaction", 96, "1–5", "number", bounds=(1, 5), form="General", also="csat"),
                Field("nps", "Recommend", 96, "0–10", "number", bounds=(0, 10), form="0", also="nps,recommendation"),
                Field("comment", "Comment", 320, _later("text"), also="note,notes,remark"),
            ),
            also="survey,satisfaction,onboarding survey,nps,csat",
        ),
        Record(
            "divisions",
            "Division sales",
            "tblDivisions",
            _later("What each division of an account buys today and could buy: one row per account and division."),
            (
                ACCOUNT,
                Field(
                    "division",
                    "Division",
                    152,
                    _later("list"),
                    listed="divisions",
                    needed=True,
                    also="product,department,unit,line",
                ),
                _money("sold", "Sold", _later("per year"), "revenue,sales,actual,spend with us"),
                _money("potential", "Potential", _later("all they could buy"), "wallet,budget,total,addressable"),
            ),
            least=60,
            also="divisions,division,white space,whitespace,wallet,products",
        ),
        Record(
            "business",
            "Business",
            "tblBusiness",
            _later("The customer's own business: what they want, how they stand, and the four fields of SWOT."),
            (
                ONE_ACCOUNT,
                Field("goals", "Goals", 240, _later("theirs")),
                Field("finances", "Finances", 240, _later("how they stand"), also="finance,financials"),
                Field("initiatives", "Initiatives", 240, _later("what they do now"), also="projects"),
                *(
                    Field(h.lower(), h, 220, _later("text"), also=h[:-1].lower())
                    for h in ("Strengths", "Weaknesses", "Opportunities", "Threats")
                ),
            ),
            also="profile,profiles,swot,business profile",
        ),
        Record(
            "goals",
            "Goals",
            "tblGoals",
            _later("What we want to win with the account, in three terms."),
            (
                ACCOUNT,
                Field("goal", "Goal", 280, _later("what"), needed=True, also="opportunity,objective"),
                Field("term", "Term", 80, _later("list"), choices=TERMS, also="horizon"),
                _money("worth", "Worth", _later("in all"), "value,size"),
                _money("won", "Won", _later("so far")),
                _money("lost", "Lost", _later("so far")),
                Field("chance", "Chance", 80, "0–100%", "number", bounds=SHARE, form="0%", also="probability"),
                Field("owner", "Owner", 112, _later("who"), also="responsible"),
            ),
            also="goal,targets,opportunities,pipeline",
        ),
        Record(
            "actions",
            "Actions",
            "tblActions",
            _later("What we do to reach the goals, in three terms."),
            (
                ACCOUNT,
                Field("action", "Action", 320, _later("what"), needed=True, also="step,measure,strategy"),
                Field("term", "Term", 80, _later("list"), choices=TERMS, also="horizon"),
                Field("owner", "Owner", 112, _later("who"), also="responsible"),
                Field("due", "Due", 88, _later("date"), "date", also="due date,deadline"),
                Field("state", "State", 88, _later("list"), choices=STATES, also="status"),
            ),
            also="action,action plan,strategy",
        ),
        Record(
            "tasks",
            "Tasks",
            "tblTasks",
            _later("The rollout, task by task. A task that starts and ends on one day is a milestone."),
            (
                replace(ACCOUNT, needed=False, hint=_later("as on Accounts; blank: all")),
                Field("phase", "Phase", 104, _later("text"), also="stage,workstream"),
                Field("task", "Task", 240, _later("what"), needed=True, also="activity,name"),
                Field("owner", "Owner", 128, _later("who"), also="responsible"),
                Field("start", "Start", 88, _later("date"), "date", also="start date,begin,from"),
                Field("end", "End", 88, _later("date"), "date", also="end date,finish,due,until"),
                Field("done", "Done", 72, "0–100%", "number", bounds=SHARE, form="0%", also="progress,complete"),
            ),
            also="task,rollout,timeline,gantt,plan,project plan",
        ),
        Record(
            "raci",
            "RACI",
            "tblRACI",
            _later("Who is Responsible, Accountable, Consulted, Informed: exactly one A in every row."),
            (
                Field("task", "Task", 240, _later("what"), needed=True, unique=True, also="activity"),
                Field("role", "Role", 104, "", slots=ROLE_SLOTS, listed="roles"),
            ),
            also="responsibilities,responsibility matrix",
        ),
        Record(
            "coverage",
            "Coverage",
            "tblCoverage",
            _later("Who of us covers which account. Its key account manager is the Owner on Accounts."),
            (
                ONE_ACCOUNT,
                Field("sponsor", "Executive sponsor", 160, _later("who"), also="exec sponsor,sponsor"),
                Field(
                    "sales", "Sales", 144, _later("not the key account manager"), also="sales lead,account executive"
                ),
                Field("success", "Customer success", 160, _later("who"), also="csm,customer success manager"),
            ),
            also="team,sponsors,account team",
        ),
        Record(
            "charter",
            "Charter texts",
            "tblCharter",
            _later("Why we do it and how we work: purpose, scope, readiness, reviews."),
            (
                Field("section", "Section", 112, _later("list"), choices=SECTIONS, needed=True, also="part"),
                Field("text", "Text", 560, _later("one line each"), needed=True, also="item,what"),
                Field("answer", "Answer", 88, _later("readiness"), choices=("yes", "no", "partly"), also="state,ready"),
                Field("owner", "Who", 144, _later("who"), also="owner,responsible"),
            ),
            least=30,
            also="charter,principles",
        ),
    )
}
"""The records by key, in the order of their sheets."""


def texts() -> Iterator[str]:
    """Every text of the records that a user sees."""
    for record in RECORDS.values():
        yield record.about
        for field in record.fields:
            yield field.heading
            if field.hint:
                yield field.hint
