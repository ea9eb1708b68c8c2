"""Excel alone as a host: every worksheet function is a LAMBDA name inside the file, and nothing needs installing.

``lambdas/*.txt`` are the functions as a person would write them; `library` hands them out, `convert` brings them into
the form of a file, `names` writes them into a workbook::

    lambdas/KAM_ABC.txt ──► convert ──► library.definitions() ──► names.define(workbook, …) ──► .xlsx
"""
