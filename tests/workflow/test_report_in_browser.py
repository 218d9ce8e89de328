"""The report of a finished run as a reader meets it: opened from disk in Chromium."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest

pytestmark = pytest.mark.needs("chromium")

# those of one kind are made by one template: two of each kind are looked at on a phone, too
LOOKED_AT_PER_FOLDER = 2
LINKS = "Array.from(document.querySelectorAll('a[href]'), a => a.href)"
IDS = "Array.from(document.querySelectorAll('[id]'), e => e.id)"
DRAWN = "document.querySelectorAll('figure[data-chart]:not([data-drawn])').length === 0"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(scope="module")
def report(finished, tmp_path_factory):
    """The report moved elsewhere, as a reader gets it by mail."""
    return shutil.copytree(finished / "results/report", tmp_path_factory.mktemp("mailed") / "r")


@pytest.fixture(scope="module")
def crawled(report, browser):
    """Every page of the report that links lead to: its links, ids and complaints."""
    found, waiting = {}, [(report / "index.html").as_uri()]
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request",
        lambda r: r.url.startswith(("file:", "data:")) or complaints.append(r.url),
    )
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        opened.goto(address)
        opened.wait_for_function(DRAWN)
        links = opened.evaluate(LINKS)
        found[address] = {"links": links, "ids": set(opened.evaluate(IDS)), "faults": complaints[:]}
        complaints.clear()
        inside = (urldefrag(link).url for link in links if link.startswith("file:"))
        waiting += [link for link in inside if link.endswith(".html")]
    opened.close()
    return found


def in_folder(address):
    return unquote(urlparse(address).path)


def test_links_lead_from_the_overview_to_every_page(report, crawled):
    reached = {in_folder(address) for address in crawled}
    assert {str(path) for path in report.rglob("*.html")} <= reached


def test_no_page_complains_or_asks_for_anything_from_elsewhere(crawled):
    assert {address: page["faults"] for address, page in crawled.items() if page["faults"]} == {}


def test_every_link_inside_the_report_leads_to_a_file_and_to_a_place_in_it(report, crawled):
    dead = []
    for address, page in crawled.items():
        for link in page["links"]:
            target, anchor = urldefrag(link)
            if not link.startswith("file:"):
                continue
            known = crawled.get(target)
            inside = in_folder(target).startswith(str(report))
            exists = Path(in_folder(target)).is_file()
            # the years of an ally are opened by script
            at_place = not anchor or not known or anchor in known["ids"] or anchor.isdigit()
            if not (inside and exists and at_place):
                dead.append((address, link))
    assert dead == []


def test_ally_is_found_from_the_overview_by_keyboard_and_a_year_of_it_explained(report, page):
    page.goto((report / "index.html").as_uri())
    search = page.locator("main input[type=search]").first
    search.focus()
    page.keyboard.type("japan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/allies/JPN.html")
    page.focus('button[data-year="1998"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('#explanation[data-year="1998"]')
    assert "political" in page.locator("#explanation-body").inner_text().lower()
    assert page.faults == []


def test_first_key_leads_past_the_navigation(report, page):
    page.goto((report / "tables/index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"


@pytest.mark.parametrize("width", [1280, 400])
def test_pages_fit_the_screen_and_draw_their_charts(report, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    folders = [report, *(path for path in sorted(report.iterdir()) if path.is_dir())]
    chosen = [p for f in folders for p in sorted(f.glob("*.html"))[:LOOKED_AT_PER_FOLDER]]
    wide = []
    for path in [*chosen, *sorted(report.glob("*.html"))]:
        page.goto(path.as_uri())
        page.wait_for_function(DRAWN)
        if not page.evaluate(FITS):
            wide.append(path.name)
    assert wide == []
    assert page.faults == []


def test_a_chart_tells_its_numbers_where_the_pointer_is(report, page):
    page.goto((report / "index.html").as_uri())
    page.wait_for_function(DRAWN)
    page.locator("figure[data-chart] svg g.mark-symbol path").first.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert page.locator("#vg-tooltip-element").inner_text().strip()
