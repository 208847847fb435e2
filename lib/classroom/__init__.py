"""The course's machinery: notebooks in normal form, their execution, and their checks."""
