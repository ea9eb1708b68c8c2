"""The page Selection."""
