"""The kinds of what did not go along, each with what is said of one and of many."""

from __future__ import annotations

from typing import Literal, NamedTuple

Names = Literal["words", "places", "cells", "areas", "none"]


class Kind(NamedTuple):
    """What is said of one thing and of many, and what their names are.

    Words are all given; of places, cells and areas (which are counted as they join) those of a long list are not.
    """

    one: str
    many: str
    names: Names = "words"


def _later(text: str) -> str:
    """A text that is looked up in the catalogue when it is shown."""
    return text


KINDS: dict[str, Kind] = {
    "picture": Kind(
        _later("{where}: 1 picture{names} stays behind in {file}; copy it by hand"),
        _later("{where}: {n} pictures{names} stay behind in {file}; copy them by hand"),
    ),
    "chart": Kind(
        _later("{where}: 1 chart{names} stays behind in {file}; copy it by hand"),
        _later("{where}: {n} charts{names} stay behind in {file}; copy them by hand"),
    ),
    "shape": Kind(
        _later("{where}: 1 shape{names} stays behind in {file}; copy it by hand"),
        _later("{where}: {n} shapes{names} stay behind in {file}; copy them by hand"),
    ),
    "control": Kind(
        _later("{where}: 1 control or other object{names} stays behind in {file}; copy it by hand"),
        _later("{where}: {n} controls or other objects{names} stay behind in {file}; copy them by hand"),
    ),
    "note": Kind(
        _later("{where}: 1 comment{names} stays behind in {file}; copy it by hand"),
        _later("{where}: {n} comments{names} stay behind in {file}; copy them by hand"),
    ),
    "link": Kind(
        _later("{where}: 1 link{names} stays behind in {file}; make it again by hand"),
        _later("{where}: {n} links{names} stay behind in {file}; make them again by hand"),
    ),
    "rich": Kind(
        _later("{where}: the letters within 1 text{names} stay behind in {file}; set them again by hand"),
        _later("{where}: the letters within {n} texts{names} stay behind in {file}; set them again by hand"),
        "cells",
    ),
    "conditional format": Kind(
        _later("{where}: 1 conditional format{names} stays behind in {file}; make it again by hand"),
        _later("{where}: {n} conditional formats{names} stay behind in {file}; make them again by hand"),
        "areas",
    ),
    "validation": Kind(
        _later("{where}: 1 rule of what may be typed{names} stays behind in {file}; make it again by hand"),
        _later("{where}: {n} rules of what may be typed{names} stay behind in {file}; make them again by hand"),
        "areas",
    ),
    "merged cells": Kind(
        _later("{where}: 1 block of merged cells{names} stays behind in {file}; merge it again by hand"),
        _later("{where}: {n} blocks of merged cells{names} stay behind in {file}; merge them again by hand"),
        "places",
    ),
    "sparkline": Kind(
        _later("{where}: 1 sparkline{names} stays behind in {file}; make it again by hand"),
        _later("{where}: {n} sparklines{names} stay behind in {file}; make them again by hand"),
        "areas",
    ),
    "hidden row": Kind(
        _later("{where}: the hiding of 1 row{names} stays behind in {file}; hide it again by hand"),
        _later("{where}: the hiding of {n} rows{names} stays behind in {file}; hide them again by hand"),
        "places",
    ),
    "hidden column": Kind(
        _later("{where}: the hiding of 1 column{names} stays behind in {file}; hide it again by hand"),
        _later("{where}: the hiding of {n} columns{names} stays behind in {file}; hide them again by hand"),
        "places",
    ),
    "group": Kind(
        _later("{where}: the outline of 1 row or column{names} stays behind in {file}; group it again by hand"),
        _later("{where}: the outline of {n} rows and columns{names} stays behind in {file}; group them again by hand"),
        "places",
    ),
    "width": Kind(
        _later("{where}: the width of 1 column{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the widths of {n} columns{names} stay behind in {file}; set them again by hand"),
        "places",
    ),
    "height": Kind(
        _later("{where}: the height of 1 row{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the heights of {n} rows{names} stay behind in {file}; set them again by hand"),
        "places",
    ),
    "number format": Kind(
        _later("{where}: the number format of 1 cell{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the number formats of {n} cells{names} stay behind in {file}; set them again by hand"),
        "cells",
    ),
    "letters": Kind(
        _later(
            "{where}: the letters (font, size, colour) of 1 cell{names} stay behind in {file}; set them again by hand"
        ),
        _later(
            "{where}: the letters (font, size, colour) of {n} cells{names} stay behind in {file}; set "
            "them again by hand"
        ),
        "cells",
    ),
    "fill": Kind(
        _later("{where}: the fill of 1 cell{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the fills of {n} cells{names} stay behind in {file}; set them again by hand"),
        "cells",
    ),
    "border": Kind(
        _later("{where}: the borders of 1 cell{names} stay behind in {file}; set them again by hand"),
        _later("{where}: the borders of {n} cells{names} stay behind in {file}; set them again by hand"),
        "cells",
    ),
    "alignment": Kind(
        _later("{where}: the alignment of 1 cell{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the alignments of {n} cells{names} stay behind in {file}; set them again by hand"),
        "cells",
    ),
    "lock": Kind(
        _later("{where}: the lock of 1 cell{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the locks of {n} cells{names} stay behind in {file}; set them again by hand"),
        "cells",
    ),
    "column look": Kind(
        _later("{where}: the look of 1 whole column{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the looks of {n} whole columns{names} stay behind in {file}; set them again by hand"),
        "places",
    ),
    "row look": Kind(
        _later("{where}: the look of 1 whole row{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the looks of {n} whole rows{names} stay behind in {file}; set them again by hand"),
        "places",
    ),
    "table look": Kind(
        _later("{where}: the style of 1 table{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the styles of {n} tables{names} stay behind in {file}; set them again by hand"),
    ),
    "total row": Kind(
        _later("{where}: the total row of 1 table{names} stays behind in {file}; make it again by hand"),
        _later("{where}: the total rows of {n} tables{names} stay behind in {file}; make them again by hand"),
    ),
    "filter": Kind(
        _later("{where}: the filter{names} stays behind in {file}; set it again by hand"),
        _later("{where}: {n} filters{names} stay behind in {file}; set them again by hand"),
    ),
    "chosen rows": Kind(
        _later("{where}: what 1 filter shows{names} stays behind in {file}; set it again by hand"),
        _later("{where}: what {n} filters show{names} stays behind in {file}; set them again by hand"),
    ),
    "order of rows": Kind(
        _later("{where}: the order that 1 column is sorted in{names} stays behind in {file}; sort it again by hand"),
        _later(
            "{where}: the order that {n} columns are sorted in{names} stays behind in {file}; sort them again by hand"
        ),
    ),
    "frozen panes": Kind(
        _later("{where}: where the panes are frozen{names} stays behind in {file}; freeze them again by hand"),
        _later("{where}: where {n} panes are frozen{names} stays behind in {file}; freeze them again by hand"),
    ),
    "protection": Kind(
        _later("{where}: its protection{names} stays behind in {file}; protect it again by hand"),
        _later("{where}: its protection{names} stays behind in {file}; protect it again by hand"),
        "none",
    ),
    "view": Kind(
        _later("{where}: how it is shown{names} stays behind in {file}; set it again by hand"),
        _later("{where}: how it is shown{names} stays behind in {file}; set it again by hand"),
    ),
    "zoom": Kind(
        _later("{where}: its zoom{names} stays behind in {file}; set it again by hand"),
        _later("{where}: its zoom{names} stays behind in {file}; set it again by hand"),
    ),
    "tab colour": Kind(
        _later("{where}: the colour of its tab{names} stays behind in {file}; set it again by hand"),
        _later("{where}: the colour of its tab{names} stays behind in {file}; set it again by hand"),
    ),
    "page set-up": Kind(
        _later("{where}: its page set-up{names} stays behind in {file}; set it again by hand"),
        _later("{where}: its page set-up{names} stays behind in {file}; set it again by hand"),
    ),
    "print area": Kind(
        _later("{where}: 1 print area or title{names} stays behind in {file}; set it again by hand"),
        _later("{where}: {n} print areas and titles{names} stay behind in {file}; set them again by hand"),
    ),
    "header or footer": Kind(
        _later("{where}: 1 header or footer{names} stays behind in {file}; set it again by hand"),
        _later("{where}: {n} headers and footers{names} stay behind in {file}; set them again by hand"),
    ),
    "page break": Kind(
        _later("{where}: 1 page break{names} stays behind in {file}; set it again by hand"),
        _later("{where}: {n} page breaks{names} stay behind in {file}; set them again by hand"),
        "places",
    ),
    "local name": Kind(
        _later("{where}: 1 defined name{names} stays behind in {file}; make it again by hand"),
        _later("{where}: {n} defined names{names} stay behind in {file}; make them again by hand"),
    ),
    "other": Kind(
        _later("{where}: 1 thing of a kind that is not carried over{names} stays behind in {file}; copy it by hand"),
        _later(
            "{where}: {n} things of kinds that are not carried over{names} stay behind in {file}; copy them by hand"
        ),
    ),
    "name": Kind(
        _later("1 defined name{names} stays behind in {file}; make it again by hand"),
        _later("{n} defined names{names} stay behind in {file}; make them again by hand"),
    ),
    "changed name": Kind(
        _later("your change of 1 defined name of the workbook{names} stays behind in {file}; look whether you need it"),
        _later(
            "your changes of {n} defined names of the workbook{names} stay behind in {file}; look whether you need them"
        ),
    ),
    "macro": Kind(
        _later("1 module of macros{names} stays behind in {file}; copy it by hand"),
        _later("{n} modules of macros{names} stay behind in {file}; copy them by hand"),
    ),
    "property": Kind(
        _later("1 property of the file{names} stays behind in {file}; set it again by hand"),
        _later("{n} properties of the file{names} stay behind in {file}; set them again by hand"),
    ),
    "part": Kind(
        _later("1 part of a kind that is not carried over{names} stays behind in {file}; copy it by hand"),
        _later("{n} parts of kinds that are not carried over{names} stay behind in {file}; copy them by hand"),
    ),
    "table": Kind(
        _later(
            "{where}: 1 table{names} stays behind in {file}, its cells are carried as plain cells; make "
            "it again by hand"
        ),
        _later(
            "{where}: {n} tables{names} stay behind in {file}, their cells are carried as plain cells; "
            "make them again by hand"
        ),
    ),
    "changed chart": Kind(
        _later(
            "{where}: 1 chart of the workbook is made anew without your changes{names}; they stay "
            "behind in {file}, make them again by hand"
        ),
        _later(
            "{where}: {n} charts of the workbook are made anew without your changes{names}; they stay "
            "behind in {file}, make them again by hand"
        ),
    ),
    "chart back": Kind(
        _later("{where}: 1 chart that you took away is there again{names}; delete it by hand"),
        _later("{where}: {n} charts that you took away are there again{names}; delete them by hand"),
        "places",
    ),
    "conditional format back": Kind(
        _later("{where}: 1 conditional format that you took away or changed is there again{names}; look at it"),
        _later("{where}: {n} conditional formats that you took away or changed are there again{names}; look at them"),
        "areas",
    ),
    "validation back": Kind(
        _later("{where}: 1 rule of what may be typed that you took away or changed is there again{names}; look at it"),
        _later(
            "{where}: {n} rules of what may be typed that you took away or changed are there again{names}; look at them"
        ),
        "areas",
    ),
    "conversation": Kind(
        _later("{where}: 1 conversation{names} is carried as a comment, its answers below each other"),
        _later("{where}: {n} conversations{names} are carried as comments, their answers below each other"),
        "cells",
    ),
    "title": Kind(
        _later(
            "{where}: your title of this sheet stays behind in {file}; it is called{names} again, rename it by hand"
        ),
        _later(
            "{where}: your title of this sheet stays behind in {file}; it is called{names} again, rename it by hand"
        ),
    ),
    "hidden": Kind(
        _later("{where}: the sheet was hidden in {file}; it is shown again, hide it by hand"),
        _later("{where}: the sheet was hidden in {file}; it is shown again, hide it by hand"),
        "none",
    ),
    "shown": Kind(
        _later("{where}: the sheet was shown in {file}; it is hidden again, unhide it by hand"),
        _later("{where}: the sheet was shown in {file}; it is hidden again, unhide it by hand"),
        "none",
    ),
    "place": Kind(
        _later("{where}: the sheet stood elsewhere among the tabs of {file}; move it by hand"),
        _later("{where}: the sheet stood elsewhere among the tabs of {file}; move it by hand"),
        "none",
    ),
    "sheet": Kind(
        _later("{where}: the sheet stays behind in {file}, as it is none of cells; copy it by hand"),
        _later("{where}: the sheet stays behind in {file}, as it is none of cells; copy it by hand"),
        "none",
    ),
}
