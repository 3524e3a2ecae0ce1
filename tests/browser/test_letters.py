"""Letters that axe is not asked about are those that it would find nothing wrong with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import AXE, by_night, findings
from tests.browser.letters import DOUBTFUL, MARK_DOUBTFUL
from tests.browser.page_scripts import NIGHT_OPTIONS

PLAIN = [
    "Letters",
    "Black on white",
    "Dark on light",
    "Words that go on over several lines of a column",
]
"""What is plainly well to read, by day and by night."""
CASES = """
<p>Black on white</p>
<div style="background:#e8f0f0"><p>Dark on light</p></div>
<p style="width:9em">Words that go on over several lines of a column</p>
<input value="typed" aria-label="a field" style="background:#fff;color:#111">
<details><summary style="color:#999">A pale fold</summary><p>inside</p></details>
<p style="color:#aaa">Pale on white</p>
<p style="color:#888">Nearly well on white</p>
<p style="color:#0a0">Green on white</p>
<p style="color:#555;background:#777">Grey on grey</p>
<p style="color:rgba(0,0,0,.4)">Seen through</p>
<p style="opacity:.4">Faded</p>
<div style="opacity:.4"><div style="background:#fff"><p>Faded with what it stands on</p></div></div>
<div style="background:rgba(0,0,0,.7)"><p>Black on a dark veil</p></div>
<div style="background:#111"><p style="color:#222">Dark on dark</p></div>
<div style="background:#111;padding:2em"><div style="background:#fff;width:2em;white-space:nowrap">
  <p style="margin:0">Black, and far out of its card</p></div></div>
<div style="position:relative;height:2em"><p style="margin:0">Black under a dark lid</p>
  <b style="position:absolute;inset:0;background:#222"></b></div>
<div style="position:relative;height:2em"><b style="position:absolute;inset:0;background:#222"></b>
  <p style="position:absolute;inset:0;margin:0">Black over a dark lid</p></div>
<div style="background:#fff"><p style="position:relative;z-index:-1">Black sunk below</p></div>
<div style="background:linear-gradient(#111,#222)"><p>Black on shades</p></div>
<div style="filter:contrast(.2)"><p>Washed out</p></div>
<p style="text-shadow:0 0 0 #eee,1px 1px 0 #eee">Black and its shadow</p>
<p style="-webkit-text-stroke:1px #ddd">Black with a pale rim</p>
<svg width="90" height="20"><text y="15" fill="#ccc">Drawn</text></svg>
<label for="chosen" style="color:#bbb">Pale label</label>
<select id="chosen" style="color:#bbb;background:#fff"><option>chosen</option></select>
<textarea aria-label="pale" style="color:#bbb;background:#fff">typed</textarea>
<button style="color:#888;background:#999">Pressed</button>
<button disabled style="color:#888;background:#999">Not to be pressed</button>
"""
PAGE = f"""<!doctype html><html lang="en"><title>Letters</title>
<style>:root{{color-scheme:light}} body{{background:#fff;color:#111}}
@media (prefers-color-scheme:dark){{.night{{color:#444;background:#222}}}}</style>
<main><h1>Letters</h1>{CASES}<p class="night">Well by day only</p></main></html>"""
WHOLE = """async (options) => {
    axe.configure({rules: [{id: 'color-contrast', selector: '*'}]});
    return (await axe.run(options)).violations.flatMap(rule => rule.nodes.map(node => node.html));
}"""
"""What axe finds when it is asked about all letters."""
UNMARKED = f"""() => [...document.querySelectorAll('main :not(option, [{DOUBTFUL}])')]
    .filter(e => e.checkVisibility())
    .filter(e => [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(e => e.textContent.trim())"""


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(color_scheme=request.param)
    page.set_content(PAGE)
    page.evaluate(AXE.axe_script)
    yield page
    page.close()


def test_axe_finds_as_much_when_it_is_asked_about_the_doubtful_ones(tab: Page) -> None:
    whole = tab.evaluate(WHOLE, NIGHT_OPTIONS)
    assert len(whole) > 5
    found = [words.removeprefix("by night: color-contrast: ") for words in by_night(tab)]
    unmarked = [words.replace(f' {DOUBTFUL}=""', "") for words in found]
    assert unmarked == [words[:180] for words in whole]
    assert tab.locator(f"[{DOUBTFUL}]").count() == 0
    assert [f for f in findings(tab) if f.startswith("color-contrast")] != []


def test_nothing_but_what_is_plainly_well_to_read_is_taken_as_read(tab: Page) -> None:
    by_day = tab.evaluate("matchMedia('(prefers-color-scheme: light)').matches")
    tab.evaluate(MARK_DOUBTFUL)
    assert tab.evaluate(UNMARKED) == [*PLAIN, *(["Well by day only"] if by_day else [])]
    assert tab.locator(f"input:not([{DOUBTFUL}])").count() == 1
