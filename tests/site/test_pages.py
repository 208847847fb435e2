"""Every built page, in a browser without a network."""

import pytest

from tests.site.visit import HTML, WIDGET

# Faults of the theme and of docutils that we cannot mend; each was looked at.
THEME_RULES = {
    "label-content-name-mismatch",
    "region",
    "aria-required-children",
    "aria-allowed-role",
    "aria-deprecated-role",
}
# What may differ in the dark: the colours, and which picture of a pair is shown. The rest is the same page.
DARK_RULES = tuple("color-contrast link-in-text-block image-alt svg-img-alt role-img-alt object-alt".split())


def test_nothing_is_fetched_from_another_host(visit):
    assert visit.outside == []


def test_no_script_fails(visit):
    assert visit.errors == []


def test_every_formula_is_typeset(visit):
    wrong = visit.page.evaluate(
        """() => [...document.querySelectorAll('.math')]
            .filter(math => math.querySelectorAll('mjx-container').length === 0)
            .map(math => math.textContent.slice(0, 60))"""
    )
    assert wrong == []
    assert visit.page.locator("mjx-merror").count() == 0


def test_every_widget_is_drawn(visit):
    wanted = visit.page.locator(f"script[type='{WIDGET}']").count()
    drawn = visit.page.evaluate(
        """() => [...document.querySelectorAll('.explore')].filter(box => [...box.querySelectorAll('img')]
            .some(image => image.offsetParent && image.naturalWidth)).length"""
    )
    assert drawn == wanted


def test_every_picture_says_what_it_shows(visit):
    texts = visit.page.evaluate(
        """() => [...document.querySelectorAll('article img, article svg[role=img]')].map(
            picture => picture.getAttribute('alt') ?? picture.getAttribute('aria-label')
                       ?? picture.querySelector('title')?.textContent ?? '')"""
    )
    assert [text for text in texts if len(text) < 20 or text.endswith((".png", ".svg"))] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_of_ours(visit, theme):
    visit.show(theme)
    told = [
        f"{rule['id']}: {node['html'][:150]} {node['failureSummary'][:200]}"
        for rule in visit.axe(DARK_RULES if theme == "dark" else ())
        if rule["id"] not in THEME_RULES
        for node in rule["nodes"][:3]
    ]
    assert told == []


def test_a_telephone_need_not_scroll_sideways(visit):
    visit.show(width=375)
    width = visit.page.evaluate("() => document.documentElement.scrollWidth")
    visit.show()
    assert width <= 375


def test_a_page_is_not_too_heavy(visit):
    assert (HTML / visit.name).stat().st_size <= 1_500_000
