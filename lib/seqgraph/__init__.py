"""Small, exact models for sequences, trees and graphs: the library of the course From Sequences to Graphs."""

__version__ = "0.1.0"
