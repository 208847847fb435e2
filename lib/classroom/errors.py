"""What a person in front of the terminal can put right."""


class ClassroomError(Exception):
    """A command cannot go on; the message says what was expected and what came."""
