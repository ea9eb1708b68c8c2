"""The mathematics of key account management: arrays in, arrays out; no cells, no files, no hosts."""
