"""The language of cells: expressions that know their value, the functions of a spreadsheet, areas."""
