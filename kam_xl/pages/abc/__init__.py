"""The page ABC."""
