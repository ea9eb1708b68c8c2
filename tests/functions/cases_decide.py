"""Cases of decide: stakeholders and the organisation chart; see `cases.py`."""

# fmt: off
WHO_HEAD = ["Rank", "Name", "Relationship", "Power", "Action", "Through", "How"]
CHART_HEAD = ["Name", "Manager", "Level", "Place", "Note"]
LINES_HEAD = ["Line", "From", "To", "From place", "From level", "To place", "To level", "Note"]
# a neutral vice president with the last word, whom a friendly consultancy from outside influences
TEAM = ["Vice president", "Buyer", "Engineer", "Consultancy", "Finance"]
UNDER = [None, "Vice president", "Buyer", "", "Vice president"]
OPINION = ["neutral", "friendly", "Friendly", "friendly", "OPPOSED"]
POWER = [5, 3, 2, 1, 4]
TWO, FIVE = ["a", "b"], ["a", "b", "c", "d", "e"]
NESTED = "#KAM! KAM_SCORE: weights 2 is negative; give 0 or more"

STAKEHOLDERS = [
    ("KAM_STAKEHOLDERS", [TEAM, UNDER, OPINION, POWER, ["consultancy"], ["VICE PRESIDENT"]],
     [[1, "Vice president", "neutral", 5, "win first", "Consultancy", "influences"],
      [2, "Finance", "opposed", 4, "turn or contain", "", ""],
      [3, "Buyer", "friendly", 3, "keep informed", "", ""],
      [4, "Engineer", "friendly", 2, "keep informed", "", ""],
      [5, "Consultancy", "friendly", 1, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS", [TEAM, UNDER, OPINION, POWER, None, None, True],  # nobody influences: the report is the way
     [WHO_HEAD,
      [1, "Vice president", "neutral", 5, "win first", "Buyer", "reports to them"],
      [2, "Finance", "opposed", 4, "turn or contain", "", ""],
      [3, "Buyer", "friendly", 3, "keep informed", "", ""],
      [4, "Engineer", "friendly", 2, "keep informed", "", ""],
      [5, "Consultancy", "friendly", 1, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS", [TEAM, ["x", None, None, None, "buyer"], OPINION, POWER],  # the friendly manager
     [[1, "Vice president", "neutral", 5, "win first", "", ""],
      [2, "Finance", "opposed", 4, "turn or contain", "Buyer", "is their manager"],
      [3, "Buyer", "friendly", 3, "keep informed", "", ""],
      [4, "Engineer", "friendly", 2, "keep informed", "", ""],
      [5, "Consultancy", "friendly", 1, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS",  # all six actions, from last to first; blank is neutral, blank power 0; 4 is on the line
     [["f", "F", "o", "n", "O", "N", "blank"], [None] * 7,
      ["friendly", "friendly", "opposed", "neutral", "opposed", "neutral", None],
      [3.9, 4, 3.99999, None, 4, 4 - 1e-9, 0]],
     [[1, "N", "neutral", 4, "win first", "", ""], [2, "O", "opposed", 4, "turn or contain", "", ""],
      [3, "n", "neutral", 0, "win", "", ""], [4, "blank", "neutral", 0, "win", "", ""],
      [5, "o", "opposed", 3.99999, "watch", "", ""], [6, "F", "friendly", 4, "keep close", "", ""],
      [7, "f", "friendly", 3.9, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS",  # power sorts within a group, the most powerful friend is the way, then the first of the list
     [FIVE, [None, "a", "a", "a", None], ["", "friendly", "friendly", "friendly", "neutral"], [1, 2, 3, 3, 2],
      ["b", "d", "c", "z", None, "b"], ["e", "e", "e", "a", "a", "z"]],
     [[1, "e", "neutral", 2, "win", "c", "influences"], [2, "a", "neutral", 1, "win", "c", "reports to them"],
      [3, "c", "friendly", 3, "keep informed", "", ""], [4, "d", "friendly", 3, "keep informed", "", ""],
      [5, "b", "friendly", 2, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS",  # only friends help, only who is no friend needs help; in the circle the report counts first
     [["a", "b", "c"], ["b", "a", "c"], ["neutral", "friendly", "opposed"], [1, 1, 1],
      ["a", "c", "a"], ["b", "c", "c"]],
     [[1, "a", "neutral", 1, "win", "b", "reports to them"], [2, "c", "opposed", 1, "watch", "", ""],
      [3, "b", "friendly", 1, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS",  # the first row with a name counts; the second Ash is a person, too, and reports to the first
     [["Ash", None, "ash", 7, "7"], [None, "Ash", "ASH", "7", 7], ["opposed", "friendly", "friendly", "friendly", ""],
      [1, 5, 2, 3, -1]],
     [[1, "7", "neutral", -1, "win", 7, "reports to them"], [2, "Ash", "opposed", 1, "watch", "ash", "reports to them"],
      [3, 7, "friendly", 3, "keep informed", "", ""], [4, "ash", "friendly", 2, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS", ["a", None, None, None, "a", "a"], [[1, "a", "neutral", 0, "win", "", ""]]),
    ("KAM_STAKEHOLDERS", [["a", "b"], [None, "b"], ["friendly", None], [1, 1], None, ["a", "b", "b"]],
     [[1, "b", "neutral", 1, "win", "", ""], [2, "a", "friendly", 1, "keep informed", "", ""]]),
    ("KAM_STAKEHOLDERS", [TWO, TWO, ["x", NESTED], [1, "x"]], NESTED),  # the error line of another function
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, None], [1, "x"], None, NESTED], NESTED),
    ("KAM_STAKEHOLDERS", [None, None, None, None], [[""] * 7]),
    ("KAM_STAKEHOLDERS", [[None, ""], ["a", None], ["friendly", ""], [1, None], ["a"], ["b"], True],
     [WHO_HEAD, [""] * 7]),
]
ORGANISATION = [
    ("KAM_ORG_CHART", [["a"], [None]], [["a", "", 0, 1, ""]]),
    ("KAM_ORG_CHART", [TEAM, UNDER],
     [["Vice president", "", 0, 1.5, ""], ["Buyer", "Vice president", 1, 1, ""], ["Engineer", "Buyer", 2, 1, ""],
      ["Consultancy", "", 0, 3, ""], ["Finance", "Vice president", 1, 2, ""]]),
    # the middle is between the first and the last place below, not the mean of the reports
    ("KAM_ORG_CHART", [["c", "a", "b", "d", "e", "f"], ["B", None, "A", "b", "b", "a"], True],
     [CHART_HEAD, ["c", "b", 2, 1, ""], ["a", "", 0, 2.5, ""], ["b", "a", 1, 2, ""], ["d", "b", 2, 2, ""],
      ["e", "b", 2, 3, ""], ["f", "a", 1, 4, ""]]),
    ("KAM_ORG_CHART", [["a", None, "b", "c"], ["x", "a", "", "b"]],
     [["a", "", 0, 1, "unknown manager"], ["b", "", 0, 2, ""], ["c", "b", 1, 2, ""]]),
    ("KAM_ORG_CHART", ["a", "A"], [["a", "", 0, 1, "loop"]]),
    # the first of the loop b, d, c stands at the top; a and e are below it, and no part of it
    ("KAM_ORG_CHART", [FIVE, ["c", "c", "d", "b", "a"]],
     [["a", "c", 3, 1, ""], ["b", "", 0, 1, "loop"], ["c", "d", 2, 1, "loop"], ["d", "b", 1, 1, "loop"],
      ["e", "a", 4, 1, ""]]),
    ("KAM_ORG_CHART", [["Ash", 7, "ash", "ASH", "7", True], ["", "ash", "7", "Ash", True, "TRUE"]],
     [["Ash", "", 0, 1.5, ""], [7, "Ash", 1, 1, ""], ["ash", "7", 2, 3, ""], ["ASH", "Ash", 1, 2, ""],
      ["7", True, 1, 3, ""], [True, "", 0, 3, "unknown manager"]]),
    ("KAM_ORG_CHART", [["a", "b", "c", "d"], ["b", "a", "d", "c"], 0],  # two loops side by side
     [["a", "", 0, 1, "loop"], ["b", "a", 1, 1, "loop"], ["c", "", 0, 2, "loop"], ["d", "c", 1, 2, "loop"]]),
    ("KAM_ORG_CHART", [None, None], [[""] * 5]),
    ("KAM_ORG_CHART", [["", None], ["a", "b"], True], [CHART_HEAD, [""] * 5]),
]
LINES = [
    ("KAM_ORG_LINES", [TEAM, UNDER, "consultancy", "vice president", True],
     [LINES_HEAD,
      ["reports to", "Buyer", "Vice president", 1, 1, 1.5, 0, ""],
      ["reports to", "Engineer", "Buyer", 1, 2, 1, 1, ""],
      ["reports to", "Finance", "Vice president", 2, 1, 1.5, 0, ""],
      ["influences", "Consultancy", "Vice president", 3, 0, 1.5, 0, ""]]),
    ("KAM_ORG_LINES", [FIVE, ["c", "c", "d", "b", "a"]],  # the line from b to c would close the loop
     [["reports to", "a", "c", 1, 3, 1, 2, ""], ["reports to", "c", "d", 1, 2, 1, 1, ""],
      ["reports to", "d", "b", 1, 1, 1, 0, ""], ["reports to", "e", "a", 1, 4, 1, 3, ""]]),
    ("KAM_ORG_LINES", [["a", "b"], [None, "x"], ["a", "z", None, None, "B", "b"], ["b", "A", "", "a", None, "b"]],
     [["influences", "a", "b", 1, 0, 2, 0, ""], ["influences", "z", "a", "", "", "", "", "unknown person"],
      ["influences", "", "a", "", "", "", "", "unknown person"],
      ["influences", "b", "", "", "", "", "", "unknown person"], ["influences", "b", "b", 2, 0, 2, 0, ""]]),
    ("KAM_ORG_LINES", [["a", "b"], [None, "a"], ["b", None, "q"]],  # whom they influence is left out
     [["reports to", "b", "a", 1, 1, 1, 0, ""], ["influences", "b", "", "", "", "", "", "unknown person"],
      ["influences", "q", "", "", "", "", "", "unknown person"]]),
    ("KAM_ORG_LINES", [["a"], [None], None, ["a", "a"]],
     [["influences", "", "a", "", "", "", "", "unknown person"]] * 2),
    ("KAM_ORG_LINES", [["a", "b"], [None, None]], [[""] * 8]),
    ("KAM_ORG_LINES", [None, "a", ["a"], [7]], [["influences", "a", 7, "", "", "", "", "unknown person"]]),
    ("KAM_ORG_LINES", [None, None], [[""] * 8]),
    ("KAM_ORG_LINES", ["", 7, [7, None], ["", 8]],
     [["influences", 7, "", "", "", "", "", "unknown person"],
      ["influences", "", 8, "", "", "", "", "unknown person"]]),
    ("KAM_ORG_LINES", ["", None, ["", None], [None, ""], 1], [LINES_HEAD, [""] * 8]),
]
CASES = [*STAKEHOLDERS, *ORGANISATION, *LINES]

WORDS = 'use "friendly" or "neutral" or "opposed"'
MISTAKES = [
    ("KAM_STAKEHOLDERS", [TWO, None, [None, None], [1, 1]],
     "names has 2 rows but reports_to has 1; select the same rows"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, ["friendly"], [1, 1]],
     "names has 2 rows but relationship has 1; select the same rows"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, TWO, [1, 1, 1]], f'relationship row 1 is "a"; {WORDS}'),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [1, 1, 1]], "names has 2 rows but power has 3; select the same rows"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [1, 1], TWO, ["a"]],
     "influencer has 2 rows but influenced has 1; select the same rows"),
    ("KAM_STAKEHOLDERS", [["a", "#N/A"], TWO, [None, ""], [1, 1]], "names row 2 is an error (#N/A); mend that cell"),
    ("KAM_STAKEHOLDERS", [[["a", "b"]], TWO, [None, ""], [1, 1]], "names has 2 columns; select one column"),
    ("KAM_STAKEHOLDERS", [TWO, ["a", "#REF!"], [None, ""], [1, 1]],
     "reports_to row 2 is an error (#REF!); mend that cell"),
    ("KAM_STAKEHOLDERS", [TWO, [["a", "b"]] * 2, [None, ""], [1, 1]], "reports_to has 2 columns; select one column"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [["", "x"], ["", ""]], [1, 1]], "relationship has 2 columns; select one column"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, ["neutral", " friendly"], [1, 1]], f'relationship row 2 is " friendly"; {WORDS}'),
    ("KAM_STAKEHOLDERS", [TWO, TWO, ["Neutral", "x" * 31], [1, 1]], f'relationship row 2 is "{"x" * 30}…"; {WORDS}'),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, 3], [1, 1]], f"relationship row 2 is 3; {WORDS}"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [0, "x"], [1, 1]], f"relationship row 1 is 0; {WORDS}"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [False, "x"], [1, 1]], f"relationship row 1 is FALSE; {WORDS}"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, "#DIV/0!"], [1, "x"]],
     "relationship row 2 is an error (#DIV/0!); mend that cell"),
    ("KAM_STAKEHOLDERS", ["a", "b", "friend", "x"], f'relationship row 1 is "friend"; {WORDS}'),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [1, "high"]],
     'power row 2 is text ("high"); type a number or leave it blank'),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [[1, 2], [3, 4]]], "power has 2 columns; select one column"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [1, 1], ["a", "#NUM!"], TWO],
     "influencer row 2 is an error (#NUM!); mend that cell"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [1, 1], TWO, [["a", "b"]]],
     "influenced has 2 columns; select one column"),
    ("KAM_STAKEHOLDERS", [TWO, TWO, [None, ""], [1, 1], TWO, TWO, "yes"],
     'headers is text ("yes"); use TRUE or FALSE'),
    ("KAM_ORG_CHART", [TWO, ["a"]], "names has 2 rows but reports_to has 1; select the same rows"),
    ("KAM_ORG_CHART", [["#N/A", "b"], ["a"]], "names row 1 is an error (#N/A); mend that cell"),
    ("KAM_ORG_CHART", [TWO, [["a", "b"], ["a", "b"]]], "reports_to has 2 columns; select one column"),
    ("KAM_ORG_CHART", [TWO, TWO, "x"], 'headers is text ("x"); use TRUE or FALSE'),
    ("KAM_ORG_LINES", [TWO, ["a"]], "names has 2 rows but reports_to has 1; select the same rows"),
    ("KAM_ORG_LINES", [TWO, TWO, TWO, ["a", "b", "c"]],
     "influencer has 2 rows but influenced has 3; select the same rows"),
    ("KAM_ORG_LINES", [TWO, TWO, ["#N/A"], TWO], "influencer row 1 is an error (#N/A); mend that cell"),
    ("KAM_ORG_LINES", [TWO, TWO, TWO, [["a", "b"]]], "influenced has 2 columns; select one column"),
    ("KAM_ORG_LINES", [[["a", "b"]], TWO, "#N/A"], "names has 2 columns; select one column"),
    ("KAM_ORG_LINES", [TWO, ["", "#VALUE!"]], "reports_to row 2 is an error (#VALUE!); mend that cell"),
    ("KAM_ORG_LINES", [TWO, TWO, None, None, [1, 2]], "headers has 2 cells; give one"),
]
