"""What a person added to a workbook of kam_xl goes along into the one made anew from it, or is named.

Inputs are read by the reader; this room looks after the rest: own sheets, columns beside the tables, comments, names.
They are written anew, never copied: a file that was sent through another program has lost its charts and its spills.
What cannot go along is found by comparison, the old file against what the generator writes from the same inputs and
against the new file, so that a kind of thing that nobody thought of is told as well.
"""

from kam_xl.workbook.carry.carried import Carried, carried_from
from kam_xl.workbook.carry.lost import losses

__all__ = ["Carried", "carried_from", "losses"]
