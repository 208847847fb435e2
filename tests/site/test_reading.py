"""What a reader sees: on a telephone while scrolling, and where no JavaScript runs."""

import pytest

from tests.site.visit import HANG_MS, WIDGET, Visit, built_pages

# Few pages, opened once for all of this file: one worker's.
pytestmark = pytest.mark.xdist_group("reading")
CHAPTER = "chapters/gated-units/lstm.html"
PAGES = ["index.html", CHAPTER, "chapters/back/glossary.html", "chapters/back/library/recurrent.html"]
# Text shows through a bar that is transparent, or lies on one that is not the topmost thing where it stands.
SHOWS_THROUGH = """() => {
    const bar = document.querySelector('.bd-header-article'), box = bar.getBoundingClientRect();
    const [, alpha] = getComputedStyle(bar).backgroundColor.match(/rgba\\(.*, ([\\d.]+)\\)/) ?? [0, 1];
    if (box.bottom <= 0) return [];
    const found = alpha < 1 ? ['the bar has no background'] : [];
    for (let x = 4; x < innerWidth; x += 24) for (const y of [box.top + 4, box.bottom - 4])
        if (!bar.contains(document.elementFromPoint(x, y))) found.push(`other things on top at ${x}, ${y}`);
    return found;
}"""
HIDDEN_HEADINGS = """async () => {
    const bar = document.querySelector('.bd-header-article'), hidden = [];
    document.documentElement.style.scrollBehavior = 'auto';
    for (const section of document.querySelectorAll('article section[id]')) {
        section.scrollIntoView();
        await new Promise(requestAnimationFrame);
        const heading = section.querySelector('h1, h2, h3, h4');
        if (heading && heading.getBoundingClientRect().top < bar.getBoundingClientRect().bottom)
            hidden.push(section.id);
    }
    return hidden;
}"""
SAMPLE = """<div class="equation-and-code">
    <p>left</p><div class="highlight"><pre>{}</pre></div></div>
    <section id="further"><h2>Further</h2></section>"""


@pytest.fixture(scope="module", params=PAGES)
def reading(context, address, request):
    visit = Visit(context, address, request.param)
    yield visit
    visit.close()


@pytest.fixture(scope="module")
def chapter(context, address):
    visit = Visit(context, address, CHAPTER)
    yield visit
    visit.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_text_shows_through_the_bar(reading, theme):
    reading.show(theme, width=375)
    for place in (0, 700, 2000):
        reading.scroll(place)
        assert reading.page.evaluate(SHOWS_THROUGH) == []


def test_a_transparent_bar_is_seen(chapter):
    chapter.show(width=375)
    chapter.page.evaluate("() => { document.querySelector('.bd-header-article').style.background = 'none' }")
    found = chapter.page.evaluate(SHOWS_THROUGH)
    chapter.page.evaluate("() => { document.querySelector('.bd-header-article').style.background = '' }")
    assert found == ["the bar has no background"]


def test_a_link_to_a_heading_stops_below_the_bar(reading):
    reading.show(width=375)
    assert reading.page.evaluate(HIDDEN_HEADINGS) == []


def test_code_of_88_characters_fits_beside_both_side_bars(chapter):
    chapter.show()
    room = chapter.page.evaluate(
        """() => {
            const box = document.querySelector('.cell_input pre'), style = getComputedStyle(box);
            const line = document.createElement('span');
            line.textContent = 'x'.repeat(88);
            box.append(line);
            const wide = line.getBoundingClientRect().width;
            line.remove();
            return [wide, box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)];
        }"""
    )
    assert room[0] <= room[1]


def test_longer_code_shows_that_there_is_more(chapter):
    chapter.show(width=375)
    hints = chapter.page.evaluate(
        """() => [...document.querySelectorAll('article div.highlight pre')]
            .filter(box => box.scrollWidth > box.clientWidth)
            .map(box => getComputedStyle(box).backgroundImage.split('linear-gradient').length - 1)"""
    )
    assert hints
    assert set(hints) == {4}


@pytest.mark.parametrize(("width", "columns"), [(1280, 2), (700, 1), (375, 1)])
def test_equation_and_code_stand_side_by_side_where_there_is_room(chapter, width, columns):
    chapter.show(width=width)
    told = chapter.page.evaluate(
        """html => {
            const holder = document.createElement('div');
            holder.innerHTML = html;
            document.querySelector('article').append(holder);
            const [left, right] = [...holder.firstElementChild.children].map(c => c.getBoundingClientRect());
            const sign = getComputedStyle(holder.querySelector('#further'), '::before').content;
            const wide = document.documentElement.scrollWidth;
            holder.remove();
            return [left.right <= right.left ? 2 : 1, wide, sign];
        }""",
        SAMPLE.format("c = f * c + i * g  # " + "x" * 60),
    )
    assert told == [columns, width, '"Here the core ends"']


@pytest.fixture(scope="module")
def plain(browser, address):
    """A chapter in a browser that runs no scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    context.set_default_timeout(HANG_MS)
    page = context.new_page()
    page.goto(address + CHAPTER)
    yield page
    context.close()


def test_text_code_and_figures_are_there_without_scripts(plain):
    assert plain.locator("article h1").is_visible()
    figures = "article figure img, article .cell_output img"
    for what in ("article h2", "article section:not(.quiz) > p", figures):
        assert plain.locator(what).count() > 0
        assert all(
            one.is_visible()
            for one in plain.locator(what).all()
            if one.locator("xpath=ancestor::details").count() == 0
        )
    colours = plain.evaluate(
        """() => [...document.querySelectorAll('.cell_input span[class]')]
            .map(span => getComputedStyle(span).color)"""
    )
    assert len(set(colours)) > 2, "code has no colours"
    assert (
        plain.evaluate("() => getComputedStyle(document.querySelector('.front-box')).borderTopWidth") == "4px"
    )


def test_a_slider_shows_its_first_picture_without_scripts(plain):
    pictures = plain.locator("noscript img.explore-frame").all()
    assert len(pictures) == plain.locator(f"script[type='{WIDGET}']").count() > 0
    assert all(len(picture.get_attribute("alt")) >= 20 for picture in pictures)
    shown = [p for p in pictures if p.locator("xpath=ancestor::details").count() == 0]
    assert all(picture.is_visible() for picture in shown)


def test_boxes_and_quizzes_open_without_scripts(plain):
    for box in plain.locator("article details").all()[:6]:
        box.locator("summary").first.click()
        assert box.get_attribute("open") is not None


def test_the_pages_read_here_are_in_the_book():
    assert set(PAGES) <= set(built_pages())
