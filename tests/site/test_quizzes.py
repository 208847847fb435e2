"""Every quiz of every page, answered with the keyboard."""


def test_every_answer_opens_its_reason_and_the_right_one_is_named(visit):
    for quiz in visit.page.locator(".quiz").all():
        options = quiz.locator(".quiz-option").all()
        assert len(options) >= 2
        right = [option for option in options if option.get_attribute("data-answer") == "right"]
        assert right
        for option in options:
            reason = option.locator(".quiz-reason")
            assert not reason.is_visible()
            option.locator("summary").focus()
            visit.page.keyboard.press("Enter")
            assert visit.until("reason => reason.checkVisibility()", reason.element_handle())
            assert ("Right." in reason.inner_text()) == (option in right)
            assert len(reason.inner_text().split()) > 3, "an answer needs a reason"
        assert quiz.locator(".quiz-score").inner_text()
    assert visit.errors == []


def test_no_mark_of_the_source_is_left(visit):
    texts = visit.page.locator(".quiz").all_inner_texts()
    assert [text for text in texts if "[x]" in text or "[ ]" in text] == []
