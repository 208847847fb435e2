"""Every slider of every page, moved with the keyboard and without a kernel."""

PICTURE = """index => {
    const box = document.querySelectorAll('.explore')[index];
    return [...box.querySelectorAll('img')].filter(image => image.offsetParent).map(image => image.src).join();
}"""


def test_three_arrow_presses_show_three_new_pictures(visit):
    for index in range(visit.page.locator(".explore").count()):
        handle = visit.page.locator(".explore").nth(index).locator(".noUi-handle")
        handle.focus()
        seen = [visit.page.evaluate(PICTURE, index)]
        for _ in range(3):
            visit.page.keyboard.press("ArrowRight")
            visit.page.wait_for_timeout(120)
            seen.append(visit.page.evaluate(PICTURE, index))
        assert all(seen), f"slider {index + 1} shows no picture"
        assert len(set(seen)) == 4, f"slider {index + 1} showed {len(set(seen))} pictures in 4 places"
    assert visit.outside == []
    assert visit.errors == []


def test_controls_that_need_a_kernel_are_hidden(visit):
    shown = visit.page.evaluate(
        "() => [...document.querySelectorAll('.live-only')].filter(c => c.offsetParent).length"
    )
    assert shown == 0


def test_there_are_sliders_at_all(browser, address):
    from conftest import HTML, built_pages

    with_slider = [
        page for page in built_pages() if "vnd.jupyter.widget-view+json" in (HTML / page).read_text("utf-8")
    ]
    assert len(with_slider) >= 5
