"""What is looked for in a page, as scripts that run in it."""

from __future__ import annotations

import json

from tests.browser.letters import DOUBTFUL, MARK_DOUBTFUL

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What passes is not described node by node, which would be most of the answer; and an element is
#: told as it is written: to find the shortest selector for it takes a tenth of a run.
_TELL = {"resultTypes": ["violations"], "selectors": False}
AXE_OPTIONS = {"runOnly": AXE_TAGS, **_TELL}
#: By night only the colours are others.
NIGHT_OPTIONS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **_TELL}
INLINE_PICTURES = """() => [...document.querySelectorAll('*')]
    .filter(e => getComputedStyle(e).backgroundImage.includes('data:')).map(e => e.outerHTML)"""
NAMELESS = """() => [...document.querySelectorAll('[name=""], [id=""]')].map(e => e.outerHTML)"""
#: What a label, a help text or an error is said to be, and is not in the page.
DANGLING = """() => ['aria-describedby', 'aria-labelledby', 'for', 'list', 'form'].flatMap(name =>
    [...document.querySelectorAll(`[${name}]`)].flatMap(e =>
        e.getAttribute(name).split(/\\s+/).filter(id => id && !document.getElementById(id))
            .map(id => `${id} of ${e.outerHTML.slice(0, 160)}`)))"""
COVERED = """() => {
    const shown = e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
        && !e.disabled && e.tabIndex >= 0
        && !e.closest('.visually-hidden, .skip, .skip-link, [inert]');
    const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
    const told = [];
    for (const control of document.querySelectorAll(all)) {
        if (!shown(control)) continue;
        control.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
        const box = control.getClientRects()[0];
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const mine = at && (control.contains(at) || at.contains(control)
            || [...(control.labels || [])].some(label => label.contains(at)));
        if (!mine) told.push(`${control.outerHTML.slice(0, 120)} under ${at && at.className}`);
    }
    scrollTo(0, 0);
    return told;
}"""
"""Controls whose middle belongs to something else, so that a click there does something else."""
STANDS_ON = """(node, word, index, least = 0) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const parts = [...range.getClientRects()].filter(r => r.width > least);
    const split = parts.some(r => Math.abs(r.top - parts[0].top) >= r.height / 2);
    return {split, length: parts.reduce((sum, r) => sum + r.width, 0)};
}"""
"""Whether a word of a text stands on more than one line, and how long it is on all of them."""
WORD = r"/[^\s\-–—/@.,:]+/g"
"""A word, for a script: what a line never has to be broken in."""
BROKEN_WORDS = f"""() => [...document.querySelectorAll('button, .btn, .button')].flatMap(b => {{
    const standsOn = {STANDS_ON};
    if (!b.checkVisibility({{visibilityProperty: true}})) return [];
    const found = [];
    const walker = document.createTreeWalker(b, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {{
        const node = walker.currentNode;
        for (const {{0: word, index}} of node.data.matchAll({WORD})) {{
            if (word.length <= 15 && standsOn(node, word, index, 1).split) found.push(word);
        }}
    }}
    return found;
}})"""
"""Words of buttons that stand on two lines: a short word fits every button that is wide enough."""
TOO_WIDE = """() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? [`${wide} px`] : [];
}"""


def together(kinds: dict[str, str]) -> str:
    """A script that tells what each of these finds, with its kind: asking once takes less time."""
    checks = ",".join(f"[{json.dumps(kind)}, {script}]" for kind, script in kinds.items())
    return f"""() => {{
        // What is stuck to an edge of the window covers other things once a page is scrolled.
        scrollTo(0, 0);
        return [{checks}].flatMap(([kind, check]) => check().map(words => `${{kind}}: ${{words}}`));
    }}"""


_OURS = together(
    {
        "picture against the policy": INLINE_PICTURES,
        "empty name": NAMELESS,
        "leads nowhere": DANGLING,
        "covered": COVERED,
        "broken word": BROKEN_WORDS,
        "too wide": TOO_WIDE,
    }
)
_ASKED = f"""async (options, least) => {{
    axe.configure({{rules: [{{id: 'color-contrast', selector: '[{DOUBTFUL}]'}}]}});
    const doubtful = ({MARK_DOUBTFUL})();
    if (doubtful < least) return [];
    const found = (await axe.run(options)).violations;
    for (const e of document.querySelectorAll('[{DOUBTFUL}]')) e.removeAttribute('{DOUBTFUL}');
    return found.flatMap(rule => rule.nodes.map(node => `${{rule.id}}: ${{node.html}}`));
}}"""
"""What axe finds; nothing is asked where there are fewer doubtful letters than ``least``."""
FINDINGS = f"""async (options) => {{
    if (!('axe' in window)) return null;
    scrollTo(0, 0);
    const axes = await ({_ASKED})(options, 0);
    return [...axes, ...({_OURS})()].map(words => words.slice(0, 200));
}}"""
"""What axe finds and what we look for besides; null where axe is not loaded yet."""
BY_NIGHT = f"""async (options) => (await ({_ASKED})(options, 1))
    .map(words => `by night: ${{words.slice(0, 180)}}`)"""
