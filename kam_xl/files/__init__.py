"""Opening a file that may be hostile: limits, archives, sheets read in a process of their own."""
