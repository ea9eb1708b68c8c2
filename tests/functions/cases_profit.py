"""Cases of profit: margin, quadrants, whale curve, lifetime value, white space; see `cases.py`."""

# fmt: off
TREES = ["Ash", "Birch", "Cedar"]
PROFIT_HEAD = ["Account", "Revenue", "Gross margin", "Cost to serve", "Profit", "Margin"]
MATRIX_HEAD = ["Account", "Revenue", "Cost to serve", "Quadrant", "Action"]
WHALE_HEAD = ["Rank", "Account", "Profit", "Cumulative profit", "Share of profit"]
WHITE_HEAD = ["Account", "Division", "Sold", "Potential", "Share of wallet", "Gap", "State"]
PROTECT = ["protect", "assign an executive sponsor, keep the price"]
REPRICE = ["reprice", "charge for service or lower its cost"]
MAINTAIN = ["maintain", "serve digitally, keep the terms"]
EXIT = ["exit", "set a minimum order or leave"]

CASES = [
    ("KAM_PROFIT", [TREES, [200, 100, 0], [120, 90, 5], [30, 25, None]],
     [["Ash", 200, 80, 30, 50, 0.25], ["Birch", 100, 10, 25, -15, -0.15], ["Cedar", 0, -5, 0, -5, "n/a"]]),
    ("KAM_PROFIT", [TREES, [200, 100, None], [120, None, None], None, True],
     [PROFIT_HEAD, ["Ash", 200, 80, 0, 80, 0.4], ["Birch", 100, 100, 0, 100, 1], ["Cedar", "", "", "", "", ""]]),
    ("KAM_PROFIT", [["a", None, None, "d"], [-50, None, 8, ""], [None, None, None, None], ["", None, 2, 7], False],
     [["a", -50, -50, 0, -50, "n/a"], ["", 8, 8, 2, 6, 0.75], ["d", 0, 0, 7, -7, "n/a"]]),
    ("KAM_PROFIT", [["a", "b"], [[60, 40], [None, None]], [[10, 20, 30], [1, None, 1]], [[5, 5], [None, None]]],
     [["a", 100, 40, 10, 30, 0.3], ["b", 0, -2, 0, -2, "n/a"]]),
    ("KAM_PROFIT", ["only", 10, 4, 1], [["only", 10, 6, 1, 5, 0.5]]),
    ("KAM_PROFIT", ["only", None, None], [["only", "", "", "", "", ""]]),
    ("KAM_PROFIT", [[None, ""], ["", None], [None, None], None, True], [PROFIT_HEAD, [""] * 6]),
    ("KAM_PROFIT", [None, None, None], [[""] * 6]),
    ("KAM_PROFIT_MATRIX", [["a", "b", "c", "d"], [90, 80, 10, 20], [1, 9, 2, 8]],  # medians 50 and 5
     [["a", 90, 1, *PROTECT], ["b", 80, 9, *REPRICE], ["c", 10, 2, *MAINTAIN], ["d", 20, 8, *EXIT]]),
    ("KAM_PROFIT_MATRIX", [["a", "b", "c", "d"], [90, 80, 10, 20], [1, 9, 2, 8], 20, 9, True],
     [MATRIX_HEAD, ["a", 90, 1, *PROTECT], ["b", 80, 9, *REPRICE], ["c", 10, 2, *MAINTAIN], ["d", 20, 8, *PROTECT]]),
    ("KAM_PROFIT_MATRIX", [["a", "b", "c", "d"], [90, 80, 10, 20], [1, 9, 2, 8], None, 1],
     [["a", 90, 1, *REPRICE], ["b", 80, 9, *REPRICE], ["c", 10, 2, *EXIT], ["d", 20, 8, *EXIT]]),
    ("KAM_PROFIT_MATRIX", [["a", "b"], [0.7999999999999999, 0.7], [0.1, 0.29999999999999998], 0.8, 0.30000000000000004],
     [["a", 0.7999999999999999, 0.1, *PROTECT], ["b", 0.7, 0.3, *EXIT]]),  # on the lines
    ("KAM_PROFIT_MATRIX", [["a", "b"], [-5, -6], [0, -1], -5, 0], [["a", -5, 0, *REPRICE], ["b", -6, -1, *MAINTAIN]]),
    ("KAM_PROFIT_MATRIX",  # medians of the three rows with both: 30 and 5
     [["a", "b", None, "d", None, "f", "g"], [40, None, 7, 30, None, None, 1000], [5, 3, None, 1, None, None, 6]],
     [["a", 40, 5, *REPRICE], ["b", "", 3, "", ""], ["", 7, "", "", ""], ["d", 30, 1, *MAINTAIN],
      ["f", "", "", "", ""], ["g", 1000, 6, *REPRICE]]),
    ("KAM_PROFIT_MATRIX", [["a", "b"], [[1, 2], [None, 2]], [[1, 1, 1], [None, None, 2]]],
     [["a", 3, 3, *REPRICE], ["b", 2, 2, *MAINTAIN]]),
    ("KAM_PROFIT_MATRIX", ["only", 7, 1], [["only", 7, 1, *REPRICE]]),
    ("KAM_PROFIT_MATRIX", ["only", 7, None], [["only", 7, "", "", ""]]),
    ("KAM_PROFIT_MATRIX", [None, None, None, 5, 5, True], [MATRIX_HEAD, [""] * 5]),
    ("KAM_WHALE", [TREES, [-50, 100, 50]],
     [[1, "Birch", 100, 100, 1], [2, "Cedar", 50, 150, 1.5], [3, "Ash", -50, 100, 1]]),
    ("KAM_WHALE", [["a", "b", None, None, "e"], [5, None, 15, None, 5], True],
     [WHALE_HEAD, [1, "", 15, 15, 0.6], [2, "a", 5, 20, 0.8], [3, "e", 5, 25, 1], [4, "b", 0, 25, 1]]),
    ("KAM_WHALE", [["a", "b"], [10, -10]], [[1, "a", 10, 10, "n/a"], [2, "b", -10, 0, "n/a"]]),
    ("KAM_WHALE", [["a", "b", "c"], [0.2, -0.30000000000000004, 0.1]],  # a total of rounding
     [[1, "a", 0.2, 0.2, "n/a"], [2, "c", 0.1, 0.3, "n/a"], [3, "b", -0.3, 0, "n/a"]]),
    ("KAM_WHALE", [["a", "b", "c"], [0.2, 0.1, -0.3]],  # and one of 5.6E-17
     [[1, "a", 0.2, 0.2, "n/a"], [2, "b", 0.1, 0.3, "n/a"], [3, "c", -0.3, 0, "n/a"]]),
    ("KAM_WHALE", [["a", "b"], [-1, -3]], [[1, "a", -1, -1, "n/a"], [2, "b", -3, -4, "n/a"]]),
    ("KAM_WHALE", [["a", "b"], [[1, 2], [None, 9]]], [[1, "b", 9, 9, 0.75], [2, "a", 3, 12, 1]]),
    ("KAM_WHALE", [["a", "b"], [None, None]], [[1, "a", 0, 0, "n/a"], [2, "b", 0, 0, "n/a"]]),
    ("KAM_WHALE", ["only", 7], [[1, "only", 7, 7, 1]]),
    ("KAM_WHALE", [None, None], [[""] * 5]),
    ("KAM_CLV", [5241.6, 0.75, 0.1], [[11232]]),  # m r / (1 + d - r)
    ("KAM_CLV", [[5.9 * 218.4 * 0.213], None, None, 20], [[5.9 * 218.4 * 0.213 * 20]]),  # Starbucks: 5,489.27
    ("KAM_CLV", [[100, 100, 100, None], [0.5, 0, 1, 0.5], 0], [[100], [0], ["n/a"], [""]]),
    ("KAM_CLV", [[100, 100, None, -100], [0.5, None, 0.5, 0.5], 0, 3], [[87.5], [""], [""], [-87.5]]),
    ("KAM_CLV", [[100, 0], None, 0.25], [[400], [0]]),
    ("KAM_CLV", [[110, 121], None, 0.1, 1], [[100], [110]]),
    ("KAM_CLV", [[121, ""], "", 0.1, 2], [[210], [""]]),  # 110 + 100
    ("KAM_CLV", [[100], [0.25], None, 0.5], [[100 / 6]]),  # 25 (1 - 1/2) / (1 - 1/4)
    ("KAM_CLV", [[1e10], [0.99999], None, 1e-5], [[99999.49999333325]]),  # in 60 digits
    ("KAM_CLV", [[10, 0, None]], [["n/a"], ["n/a"], [""]]),
    ("KAM_CLV", [[10, 10], [1, 0.9999999999]], [["n/a"], ["n/a"]]),
    ("KAM_CLV", [[10, 10], [1, 0.9999999999], 0, 4], [[40], [40]]),
    ("KAM_CLV", [None, None, 0.1, 5], [[""]]),
    ("KAM_WHITESPACE", [["Ash", "Ash", "Birch", "Birch"], ["Pumps", "Valves", "Pumps", "Valves"],
                        [2500, 80, None, 30], [10000, 80, 9000, None]],
     [["Birch", "Pumps", "", 9000, 0, 9000, "white space"], ["Ash", "Pumps", 2500, 10000, 0.25, 7500, "open"],
      ["Ash", "Valves", 80, 80, 1, 0, "sold"], ["Birch", "Valves", 30, "", "n/a", "", "unknown potential"]]),
    ("KAM_WHITESPACE", [["a", None, None, "d", "e"], ["P", "Q", None, None, "S"],
                        [150, 0, 3, -5, 4], [100, 20, 9, 100, -1], True],
     [WHITE_HEAD, ["d", "", -5, 100, 0, 100, "white space"], ["", "Q", 0, 20, 0, 20, "white space"],
      ["a", "P", 150, 100, 1.5, 0, "sold"], ["e", "S", 4, -1, "n/a", "", "unknown potential"]]),
    ("KAM_WHITESPACE", [["a", "b", "c", "d"], ["P", "P", "P", "P"], [None, 0, -1, None], [None, 0, None, -1]],
     [[""] * 7]),
    ("KAM_WHITESPACE", [["a", "b", "c"], ["P", "P", "P"], [0.1, None, 99.99999999999], [0.3, 0.2, 100]],  # equal gaps
     [["a", "P", 0.1, 0.3, 1 / 3, 0.2, "open"], ["b", "P", "", 0.2, 0, 0.2, "white space"],
      ["c", "P", 99.99999999999, 100, 0.9999999999999, 0, "sold"]]),
    ("KAM_WHITESPACE", ["a", "P", 2500, 10000], [["a", "P", 2500, 10000, 0.25, 7500, "open"]]),
    ("KAM_WHITESPACE", ["a", "P", 5, None], [["a", "P", 5, "", "n/a", "", "unknown potential"]]),
    ("KAM_WHITESPACE", [None, None, None, None], [[""] * 7]),
]
MISTAKES = [
    ("KAM_PROFIT", [["a"], [1], ["x"]], 'direct_cost row 1 is text ("x"); type a number or leave it blank'),
    ("KAM_PROFIT", [["a"], [1], [1], [True]], "cost_to_serve row 1 is TRUE; type a number or leave it blank"),
    ("KAM_PROFIT", [["a"], [1], [1], "#N/A"], "cost_to_serve row 1 is an error (#N/A); mend that cell"),
    ("KAM_PROFIT", [["a", "b"], [1, 2], [1]], "accounts has 2 rows but direct_cost has 1; select the same rows"),
    ("KAM_PROFIT", [["a", "b"], [1, 2], [1, 2], [3]],
     "accounts has 2 rows but cost_to_serve has 1; select the same rows"),
    ("KAM_PROFIT", [["a", "b"], [1, 2], [1, 2], [1, 2, None]],
     "accounts has 2 rows but cost_to_serve has 3; select the same rows"),
    ("KAM_PROFIT", [[["a", "b"]], [1], [1]], "accounts has 2 columns; select one column"),
    ("KAM_PROFIT", [["a"], [1], [1], None, "yes"], 'headers is text ("yes"); use TRUE or FALSE'),
    ("KAM_PROFIT", [["a"], [1e308], [-1e308]], "the result is more than a cell can hold; give smaller numbers"),
    ("KAM_WHALE", [["a", "b"], [1e308, 1e308]], "profit adds up to more than a cell can hold; give smaller numbers"),
    ("KAM_PROFIT_MATRIX", [["a"], ["x"], [1]], 'revenue row 1 is text ("x"); type a number or leave it blank'),
    ("KAM_PROFIT_MATRIX", [["a"], [1], [[1, "#N/A"]]],
     "cost_to_serve row 1 column 2 is an error (#N/A); mend that cell"),
    ("KAM_PROFIT_MATRIX", [["a"], [1], [1], "high"], 'revenue_line is text ("high"); type a number'),
    ("KAM_PROFIT_MATRIX", [["a"], [1], [1], [5, 6], "low"], "revenue_line has 2 cells; give one"),
    ("KAM_PROFIT_MATRIX", [["a"], [1], [1], None, True], "cost_line is TRUE; type a number"),
    ("KAM_PROFIT_MATRIX", [["a"], [1, 2], [1], "#REF!"], "revenue_line is an error (#REF!); mend that cell"),
    ("KAM_PROFIT_MATRIX", [["a"], [1], [1, 2]], "accounts has 1 row but cost_to_serve has 2; select the same rows"),
    ("KAM_WHALE", [["a", "b"], [1, 2, 3]], "accounts has 2 rows but profit has 3; select the same rows"),
    ("KAM_WHALE", [["a", "#N/A"], [1, 2]], "accounts row 2 is an error (#N/A); mend that cell"),
    ("KAM_WHALE", [["a"], [[1, "x"]]], 'profit row 1 column 2 is text ("x"); type a number or leave it blank'),
    ("KAM_CLV", [[[1, 2]]], "margin has 2 columns; select one column"),
    ("KAM_CLV", [[1, 2], [0.5]], "margin has 2 rows but retention has 1; select the same rows"),
    ("KAM_CLV", [[1], [[0.5, 0.6]]], "retention has 2 columns; select one column"),
    ("KAM_CLV", [[1, 2, 3], [0.5, None, 80]], "retention row 3 is 80; give a share from 0 to 1"),
    ("KAM_CLV", [[1, None], [0.5, -0.1], -1, 0], "retention row 2 is -0.1; give a share from 0 to 1"),
    ("KAM_CLV", [1, 1.2], "retention row 1 is 1.2; give a share from 0 to 1"),
    ("KAM_CLV", [[1], ["75 %"]], 'retention row 1 is text ("75 %"); type a number or leave it blank'),
    ("KAM_CLV", [[1], [0.5], -0.1, -2], "discount is -0.1; give 0 or more"),
    ("KAM_CLV", [[1], [0.5], "x"], 'discount is text ("x"); type a number'),
    ("KAM_CLV", [[1], [0.5], 0.1, 0], "years is 0; give a number above 0"),
    ("KAM_CLV", [[1], [0.5], 0.1, -2], "years is -2; give a number above 0"),
    ("KAM_CLV", [[1], [0.5], 0.1, "ten"], 'years is text ("ten"); type a number'),
    ("KAM_CLV", [[1e308], None, None, 20], "the result is more than a cell can hold; give smaller numbers"),
    ("KAM_WHITESPACE", [["a"], ["P", "Q"], [1], [2]], "accounts has 1 row but divisions has 2; select the same rows"),
    ("KAM_WHITESPACE", [["a"], ["P"], [1], [2, 3]], "accounts has 1 row but potential has 2; select the same rows"),
    ("KAM_WHITESPACE", [["a"], [["P", "Q"]], [1], [2]], "divisions has 2 columns; select one column"),
    ("KAM_WHITESPACE", [["a"], ["#N/A"], ["x"], [2]], "divisions row 1 is an error (#N/A); mend that cell"),
    ("KAM_WHITESPACE", [["a"], ["P"], ["x"], [2]], 'sold row 1 is text ("x"); type a number or leave it blank'),
    ("KAM_WHITESPACE", [["a"], ["P"], [1], [[2, 3]]], "potential has 2 columns; select one column"),
    ("KAM_WHITESPACE", [["a"], ["P"], [1], [2], "yes"], 'headers is text ("yes"); use TRUE or FALSE'),
]
