"""From answers to pages: what is known, put into the values that templates draw and JSON repeats."""
