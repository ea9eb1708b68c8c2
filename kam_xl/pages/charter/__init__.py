"""The page Charter."""
