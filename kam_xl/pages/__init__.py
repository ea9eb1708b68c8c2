"""The pages to look at: one folder for each."""
