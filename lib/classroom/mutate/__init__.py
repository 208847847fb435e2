"""Test the tests: right answers must pass them, and every way to spoil one must lose points."""
