"""How the judge and a student's process speak: frames of plain values, never code."""
