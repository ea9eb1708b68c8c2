"""Cases of plan: timeline and responsibilities; see `cases.py`.

Dates are serial numbers: 45292 is 1 January 2024.
"""

# fmt: off
TIMELINE_HEAD = ["Task", "Start", "End", "Days", "Done", "Expected", "State", "Late"]
RACI_HEAD = ["Task", "Accountable", "Responsible", "Check"]
WAVE = ["Charter", "Select", "Train", "Review"]
FROM, TO, DONE = [45292, 45299, 45306, 45320], [45298, 45305, 45319, 45326], [1, 0.5, 0.1, None]
WAVE_ROWS = [
    ["Charter", 45292, 45298, 7, 1, 1, "done", ""],
    ["Select", 45299, 45305, 7, 0.5, 1, "late", 5],
    ["Train", 45306, 45319, 14, 0.1, 5 / 14, "behind", ""],
    ["Review", 45320, 45326, 7, 0, 0, "planned", ""],
]
NOBODY = "nobody accountable, nobody responsible"

CASES: list[tuple] = [
    ("KAM_TIMELINE", [WAVE, FROM, TO, DONE, 45310], WAVE_ROWS),
    ("KAM_TIMELINE", [WAVE, FROM, TO, DONE, 45310, True], [TIMELINE_HEAD, *WAVE_ROWS]),
    # one date is a milestone; none at all; a spare row has no place even with a share done
    ("KAM_TIMELINE", [["a", "b", "c", None, ""], [45292, None, "", None, ""], ["", 45293, None, "", None],
                      [0, 1, 0.4, 0.7, ""], 45292],
     [["a", 45292, 45292, 1, 0, 1, "behind", ""], ["b", 45293, 45293, 1, 1, 0, "done", ""],
      ["c", "", "", "", 0.4, "", "no date", ""]]),
    ("KAM_TIMELINE", [["a", None], [None, 5], [None, 6], [1, None], 3],
     [["a", "", "", "", 1, "", "no date", ""], ["", 5, 6, 2, 0, 0, "planned", ""]]),
    ("KAM_TIMELINE", [["a", "b"], [9, 9], [8, 8], [1, 0.5], 20],
     [["a", 9, 8, "", 1, "", "end before start", ""], ["b", 9, 8, "", 0.5, "", "end before start", ""]]),
    # hours do not count, of no date
    ("KAM_TIMELINE", [["a", "b"], [3.9, 3.9], [3.1, 12.9], [None, 0.25], 4.99],
     [["a", 3, 3, 1, 0, 1, "late", 1], ["b", 3, 12, 10, 0.25, 0.2, "running", ""]]),
    # a share done is never below 0 or above 1
    ("KAM_TIMELINE", [["a", "b", "c"], [1, 1, 1], [10, 10, 10], [-0.5, 7, 1.0000001], 1],
     [["a", 1, 10, 10, 0, 0.1, "running", ""], ["b", 1, 10, 10, 1, 0.1, "done", ""],
      ["c", 1, 10, 10, 1, 0.1, "done", ""]]),
    # ten times 0.1 is done although it adds up to a hair less
    ("KAM_TIMELINE", ["a", 1, 10, 0.9999999999999999, 20], [["a", 1, 10, 10, 1, 1, "done", ""]]),
    ("KAM_TIMELINE", ["a", 1, 10, 0.99999, 20], [["a", 1, 10, 10, 0.99999, 1, "late", 10]]),
    # the day before the start, the first, the last and the day after
    ("KAM_TIMELINE", ["a", 11, 20, 0, 10], [["a", 11, 20, 10, 0, 0, "planned", ""]]),
    ("KAM_TIMELINE", ["a", 11, 20, 0, 11], [["a", 11, 20, 10, 0, 0.1, "running", ""]]),
    ("KAM_TIMELINE", ["a", 11, 20, 0.9, 20], [["a", 11, 20, 10, 0.9, 1, "running", ""]]),
    ("KAM_TIMELINE", ["a", 11, 20, 0.9, 21], [["a", 11, 20, 10, 0.9, 1, "late", 1]]),
    # exactly 0.1 is missing: not behind, although 0.4 - 0.3 is a hair more than 0.1 in binary
    ("KAM_TIMELINE", ["a", 1, 10, 0.3, 4], [["a", 1, 10, 10, 0.3, 0.4, "running", ""]]),
    ("KAM_TIMELINE", ["a", 1, 10, 0.2999, 4], [["a", 1, 10, 10, 0.2999, 0.4, "behind", ""]]),
    ("KAM_TIMELINE", ["a", 1, 10, 0.3999999999, 4], [["a", 1, 10, 10, 0.3999999999, 0.4, "running", ""]]),
    ("KAM_TIMELINE", [None, None, None, None, 45292], [[""] * 8]),
    ("KAM_TIMELINE", [[None, ""], ["", None], [None, None], [0.5, ""], 45292, True], [TIMELINE_HEAD, [""] * 8]),
    ("KAM_TIMELINE", [["a", "b"], [1, "#KAM! KAM_NPS: scores row 1 is 11; give 0 to 10"], ["x", 3], [0, 0], 1],
     "#KAM! KAM_NPS: scores row 1 is 11; give 0 to 10"),
    ("KAM_RACI_CHECK", [["Plan", "Visit", "Offer"], [["A", "R", "I"], ["C", "A/R", None], ["R", "R", "A"]]],
     [["Plan", 1, 1, "ok"], ["Visit", 1, 1, "ok"], ["Offer", 1, 2, "ok"]]),
    ("KAM_RACI_CHECK", [["Plan", "Visit"], [["A", "R"], ["A", "A"]], True],
     [RACI_HEAD, ["Plan", 1, 1, "ok"], ["Visit", 2, 0, "2 accountable, nobody responsible"]]),
    # the ways to write two letters
    ("KAM_RACI_CHECK", [["a", "b", "c", "d", "e", "f", "g"], ["A/R", "AR", "r, a", " a + r ", "A-R", "a–r", "R—A"]],
     [[task, 1, 1, "ok"] for task in "abcdefg"]),
    ("KAM_RACI_CHECK", [["a", "b"], [["AA", "rrr"], ["iac", "Ra"]]],
     [["a", 1, 1, "ok"], ["b", 2, 1, "2 accountable"]]),
    ("KAM_RACI_CHECK", [["a", "b", "c", "d"], [["R", "C"], ["A", "I"], ["C", "I"], ["", None]]],
     [["a", 0, 1, "nobody accountable"], ["b", 1, 0, "nobody responsible"], ["c", 0, 0, NOBODY], ["d", 0, 0, NOBODY]]),
    ("KAM_RACI_CHECK", ["a", [["A", "a", "A/R", "R"]]], [["a", 3, 2, "3 accountable"]]),
    # dashes are nothing; a row without task and letters is left out, letters without a task are not
    ("KAM_RACI_CHECK", [["a", None, "", None], [["—", "-"], ["-", "—"], ["", None], ["A", "R"]]],
     [["a", 0, 0, NOBODY], ["", 1, 1, "ok"]]),
    # other signs: the first of the row is named, and its cell counts for nothing
    ("KAM_RACI_CHECK", [["a", "b", "c"], [["A/R", "x", "y"], ["R", "Ax", "A"], ["Anna", "q", None]]],
     [["a", 1, 1, "unknown letter x in column 2"], ["b", 1, 1, "unknown letter x in column 2"],
      ["c", 0, 0, "unknown letter n in column 1, " + NOBODY]]),
    ("KAM_RACI_CHECK", [["a", "b", None], [["AR", True, "R"], ["A", "R", -0.25], ["", "?", ""]]],
     [["a", 1, 2, "unknown letter T in column 2"], ["b", 1, 1, "unknown letter 0 in column 3"],
      ["", 0, 0, "unknown letter ? in column 2, " + NOBODY]]),
    ("KAM_RACI_CHECK", [["a", "b", "c"], [["A/R", 0.00001], ["A/R", 12345678], ["A/R", 1e15]]],
     [["a", 1, 1, "unknown letter 1 in column 2"]] + [[b, 1, 1, "unknown letter 1 in column 2"] for b in "bc"]),
    ("KAM_RACI_CHECK", ["a", [["A/R", "👍"]]], [["a", 1, 1, "unknown letter 👍 in column 2"]]),
    ("KAM_RACI_CHECK", ["a", [["A/R", "ı"]]], [["a", 1, 1, "unknown letter ı in column 2"]]),
    ("KAM_RACI_CHECK", ["a", [["A/R", "#kam! no line"]]], [["a", 1, 1, "unknown letter # in column 2"]]),
    ("KAM_RACI_CHECK", [1001, "A/R"], [[1001, 1, 1, "ok"]]),
    ("KAM_RACI_CHECK", [None, None], [[""] * 4]),
    ("KAM_RACI_CHECK", [[None, ""], [[None, "-"], ["", " "]], True], [RACI_HEAD, [""] * 4]),
    ("KAM_RACI_CHECK", [["a", "#N/A"], ["A", "#KAM! KAM_NPS: scores row 1 is 11; give 0 to 10"]],
     "#KAM! KAM_NPS: scores row 1 is 11; give 0 to 10"),
]

MISTAKES: list[tuple] = [
    ("KAM_TIMELINE", [[["a", "b"]], 1, 2, 0, 3], "tasks has 2 columns; select one column"),
    ("KAM_TIMELINE", [["a", "#N/A"], [1, 2], [1, 2], [0, 0], 3], "tasks row 2 is an error (#N/A); mend that cell"),
    ("KAM_TIMELINE", [["a"], ["May"], [2], [0], 3],
     'start_date row 1 is text ("May"); type a number or leave it blank'),
    ("KAM_TIMELINE", [["a"], [[1, 2]], [2], [0], 3], "start_date has 2 columns; select one column"),
    ("KAM_TIMELINE", [["a", "b"], [1, 2], [3, "#VALUE!"], [0, 0], 3],
     "end_date row 2 is an error (#VALUE!); mend that cell"),
    ("KAM_TIMELINE", [["a"], [1], [2], ["50 %"], 3], 'done row 1 is text ("50 %"); type a number or leave it blank'),
    ("KAM_TIMELINE", [["a", "b"], [1, 1], [2, 2], [0, True], 3],
     "done row 2 is TRUE; type a number or leave it blank"),
    ("KAM_TIMELINE", [["a"], [1], [2], [0], None], "today is missing; type a number"),
    ("KAM_TIMELINE", [["a"], [1], [2], [0], "now"], 'today is text ("now"); type a number'),
    ("KAM_TIMELINE", [["a"], [1], [2], [0], [3, 4]], "today has 2 cells; give one"),
    ("KAM_TIMELINE", [["a"], [1], [2], [0], 3, "yes"], 'headers is text ("yes"); use TRUE or FALSE'),
    ("KAM_TIMELINE", [["a", "b"], [1], [2, 3, 4], [0], 3],
     "tasks has 2 rows but start_date has 1; select the same rows"),
    ("KAM_TIMELINE", [["a", "b"], [1, 2], [2, 3, 4], [0], 3],
     "tasks has 2 rows but end_date has 3; select the same rows"),
    ("KAM_TIMELINE", [["a"], [1], [2], [0, 0], 3], "tasks has 1 row but done has 2; select the same rows"),
    ("KAM_TIMELINE", [["a", "b"], [1], [2], [0], None], "today is missing; type a number"),
    ("KAM_TIMELINE", ["a", -1.7e308, 1.7e308, 0, 1],
     "the result is more than a cell can hold; give smaller numbers"),
    ("KAM_RACI_CHECK", [[["a", "b"]], [["A", "R"]]], "tasks has 2 columns; select one column"),
    ("KAM_RACI_CHECK", [["a", "#REF!"], [["A", "R"], ["A", "#N/A"]]],
     "tasks row 2 is an error (#REF!); mend that cell"),
    ("KAM_RACI_CHECK", [["a", "b"], [["A", "R"], ["#N/A", "#DIV/0!"]]],
     "letters row 2 column 1 is an error (#N/A); mend that cell"),
    ("KAM_RACI_CHECK", [["a", "b", "c"], [["A", 7], [True, "#DIV/0!"], ["#N/A", "R"]]],
     "letters row 2 column 2 is an error (#DIV/0!); mend that cell"),
    ("KAM_RACI_CHECK", [["a", "b"], ["A", "#NAME?"]], "letters row 2 is an error (#NAME?); mend that cell"),
    ("KAM_RACI_CHECK", ["a", "#NUM!"], "letters row 1 is an error (#NUM!); mend that cell"),
    ("KAM_RACI_CHECK", [["a", "b"], [["A", "R"]]], "tasks has 2 rows but letters has 1; select the same rows"),
    ("KAM_RACI_CHECK", [["a", "b"], [["A", "R"]], "x"], 'headers is text ("x"); use TRUE or FALSE'),
]
