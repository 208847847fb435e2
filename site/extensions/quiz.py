"""The quiz directive: a question whose answers open on the page, with no server and even with no JavaScript.

:::{quiz} Which gate decides how much of the old state stays?
- [ ] The reset gate.
  > It acts on what the candidate sees.
- [x] The update gate.
  > It weighs old state against candidate.
:::
"""

import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import set_source_info

MARK = re.compile(r"^\s*\[([ xX])\]\s+")


class quiz(nodes.General, nodes.Element):
    """The whole; `quiz_question` and `quiz_choice` are texts, so that they can be translated."""


class quiz_question(nodes.TextElement):
    """The text of the question."""


class quiz_option(nodes.General, nodes.Element):
    """A choice and why it is right or wrong; `right` says which."""


class quiz_choice(nodes.TextElement):
    """The text of a choice."""


class Quiz(SphinxDirective):
    """Turn a list of marked items, each with a quoted reason, into a quiz."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        """Return the quiz, or an error that says what is missing."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        if not holder.children or not isinstance(holder[-1], nodes.bullet_list):
            raise self.error("quiz: the last thing in it must be a list of answers")
        options = [self.option(item) for item in holder[-1]]
        if not any(option["right"] for option in options) or len(options) < 2:
            raise self.error("quiz: give at least two answers, and mark a right one with [x]")
        node = quiz("", self.question(), *holder.children[:-1], *options)
        node["name"] = f"quiz-{self.env.new_serialno('quiz')}"
        set_source_info(self, node)
        return [node]

    def question(self):
        """Return the directive's argument as a text that may hold formulas."""
        text = self.arguments[0]
        children, messages = self.state.inline_text(text, self.lineno)
        node = quiz_question(text, "", *children, *messages)
        set_source_info(self, node)
        return node

    def option(self, item):
        """Return one answer: its text without the mark, and its reason."""
        first, reason = item[0], item[-1]
        found = isinstance(first, nodes.paragraph) and MARK.match(first.astext())
        if not found or not isinstance(reason, nodes.block_quote):
            raise self.error("quiz: an answer is '- [ ] text' or '- [x] text' with a reason '> why' below it")
        first[0] = nodes.Text(MARK.sub("", first[0].astext()))
        choice = quiz_choice(MARK.sub("", first.rawsource), "", *first.children)
        choice.source, choice.line = first.source, first.line
        option = quiz_option("", choice, *item.children[1:-1], *reason.children)
        option["right"] = found[1] in "xX"
        return option


def visit_quiz(self, node):
    self.body.append(f'<section class="quiz" aria-labelledby="{node["name"]}" data-name="{node["name"]}">\n')


def depart_quiz(self, node):
    self.body.append('<p class="quiz-score" role="status"></p>\n</section>\n')


def visit_question(self, node):
    self.body.append(f'<p class="quiz-question" id="{node.parent["name"]}">')


def depart_question(self, node):
    self.body.append("</p>\n")


def visit_option(self, node):
    kind = "right" if node["right"] else "wrong"
    self.body.append(f'<details class="quiz-option" data-answer="{kind}">')


def depart_option(self, node):
    self.body.append("</div></details>\n")


def visit_choice(self, node):
    self.body.append("<summary>")


def depart_choice(self, node):
    word = "Right." if node.parent["right"] else "Not this one."
    self.body.append(f'</summary><div class="quiz-reason"><p class="quiz-verdict">{word}</p>')


def setup(app):
    """Add the directive and its four parts."""
    app.add_directive("quiz", Quiz)
    app.add_node(quiz, html=(visit_quiz, depart_quiz))
    app.add_node(quiz_question, html=(visit_question, depart_question))
    app.add_node(quiz_option, html=(visit_option, depart_option))
    app.add_node(quiz_choice, html=(visit_choice, depart_choice))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
