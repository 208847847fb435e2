"""Every slider of every page, moved with the keyboard and without a kernel."""

from itertools import pairwise

from tests.site.visit import WIDGET, built_pages

PICTURE = """index => {
    const images = [...document.querySelectorAll('.explore')[index].querySelectorAll('img')];
    return images.filter(image => image.offsetParent).map(image => image.src).join();
}"""


def press(visit, index: int, key: str) -> str:
    """Press a key on a slider and return the picture that is then seen, waiting a little for a new one."""
    before = visit.page.evaluate(PICTURE, index)
    visit.page.keyboard.press(key)
    visit.until(f"([index, before]) => ({PICTURE})(index) !== before", [index, before])
    return visit.page.evaluate(PICTURE, index)


def test_each_arrow_press_shows_another_picture(visit):
    assert visit.page.locator(".explore").count() > 0
    for index, box in enumerate(visit.page.locator(".explore").all()):
        handle, readout = box.locator(".noUi-handle:visible"), box.locator(".widget-readout:visible")
        handle.focus()
        to_the_right = min(3, int(float(handle.get_attribute("aria-valuemax"))))
        seen, told = [visit.page.evaluate(PICTURE, index)], [readout.inner_text()]
        for key in ["ArrowRight"] * to_the_right + ["ArrowLeft"] * (3 - to_the_right):
            seen.append(press(visit, index, key))
            told.append(readout.inner_text())
        name = f"slider {index + 1}"
        assert all(seen), f"{name} shows no picture"
        frozen = [place for place, (a, b) in enumerate(pairwise(seen), start=1) if a == b]
        assert frozen == [], f"{name}: the picture stays the same at presses {frozen}"
        assert all(a != b for a, b in pairwise(told)), f"{name} reads {told}"
    assert visit.outside == []
    assert visit.errors == []


def test_controls_that_need_a_kernel_are_hidden(visit):
    assert visit.page.locator(".live-only:visible").count() == 0


def test_the_stored_pictures_are_not_too_heavy(visit):
    kind = "application/vnd.jupyter.widget-state+json"
    states = visit.page.locator(f"script[type='{kind}']").all_text_contents()
    assert sum(map(len, states)) <= 400_000 * visit.page.locator(".explore").count()


def test_every_chapter_has_a_slider():
    chapters = built_pages('class="front-box')
    assert chapters
    assert [page for page in chapters if page not in built_pages(WIDGET)] == []
