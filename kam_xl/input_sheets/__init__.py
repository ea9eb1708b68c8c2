"""The sheets that people type into, with their checks."""
