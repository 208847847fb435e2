"""What comes out of the grader: pages for students, a report, tables for an LMS, an nbgrader gradebook."""
