"""What pages are drawn on: the book, the frame of a page, charts, labels, the theme, the model while it is built."""
