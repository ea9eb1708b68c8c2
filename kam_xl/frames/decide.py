"""Frames in, frames out: the people who decide, one account at a time."""

from __future__ import annotations

import pandas as pd

from kam_xl.frames.calling import explained, table
from kam_xl.frames.columns import Call, Column, Frame
from kam_xl.functions import KAM_ORG_CHART, KAM_ORG_LINES, KAM_STAKEHOLDERS, Function


@explained(KAM_STAKEHOLDERS)
def stakeholders(
    frame: Frame,
    names: Column = None,
    reports_to: Column = None,
    relationship: Column = None,
    power: Column = None,
    *,
    influences: pd.DataFrame | None = None,
    influencer: Column = None,
    influenced: Column = None,
) -> pd.DataFrame:
    """`influences` is a frame of its own: a row per influence, in columns such as From and To.

    Examples
    --------
    >>> import pandas as pd
    >>> people = {"Name": ["Ada", "Ben"], "Reports to": ["", "Ada"], "Power": [5, 2]}
    >>> frame = pd.DataFrame(people).assign(Relationship=["neutral", "friendly"])
    >>> whom = pd.DataFrame({"From": ["Ben"], "To": ["Ada"]})
    >>> print(stakeholders(frame, influences=whom)[["Name", "Through"]].head(1))
      Name Through
    0  Ada     Ben
    """
    more = _of_one_account(KAM_STAKEHOLDERS, frame, influences)
    return table(
        KAM_STAKEHOLDERS,
        frame,
        *more,
        names=names,
        reports_to=reports_to,
        relationship=relationship,
        power=power,
        influencer=influencer,
        influenced=influenced,
    )


@explained(KAM_ORG_CHART)
def org_chart(frame: Frame, names: Column = None, reports_to: Column = None) -> pd.DataFrame:
    """
    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Name": ["Ada", "Ben"], "Reports to": [None, "Ada"]})
    >>> print(org_chart(frame)[["Name", "Level"]])
      Name  Level
    0  Ada      0
    1  Ben      1
    """
    _of_one_account(KAM_ORG_CHART, frame, None)
    return table(KAM_ORG_CHART, frame, names=names, reports_to=reports_to)


@explained(KAM_ORG_LINES)
def org_lines(
    frame: Frame,
    names: Column = None,
    reports_to: Column = None,
    *,
    influences: pd.DataFrame | None = None,
    influencer: Column = None,
    influenced: Column = None,
) -> pd.DataFrame:
    """`influences` is a frame of its own: a row per influence, in columns such as From and To.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"Name": ["Ada", "Ben"], "Reports to": [None, "Ada"]})
    >>> print(org_lines(frame)[["From", "To"]])
      From   To
    0  Ben  Ada
    """
    more = _of_one_account(KAM_ORG_LINES, frame, influences)
    return table(
        KAM_ORG_LINES, frame, *more, names=names, reports_to=reports_to, influencer=influencer, influenced=influenced
    )


def _of_one_account(function: Function, frame: Frame, influences: pd.DataFrame | None) -> list[Call]:
    """The second table, if there is one; people and influences of several accounts are refused."""
    calls = [Call.of(function, one) for one in (frame, influences) if one is not None]
    for call in calls:
        call.check_one("account", "accounts")
    return calls[1:]
