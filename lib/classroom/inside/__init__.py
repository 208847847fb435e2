"""What runs inside the sandbox. It holds no test, no secret and no name of a student."""
