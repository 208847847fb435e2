"""The judge: it runs the instructor's test cells outside the sandbox, with the student's names as proxies."""
