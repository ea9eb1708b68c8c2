"""The page Decision map."""
