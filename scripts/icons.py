"""Draw the icons of the patient's web app from static/clinic/img/icon.svg.

Run it when that changes: ``python scripts/icons.py`` needs the Chromium that the tests use. A
maskable icon is cut to any shape by the phone: its ground reaches every edge, and the sign stays
within the middle.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
IMAGES = ROOT / "static" / "clinic" / "img"
PAGE = "<style>*{{margin:0}}svg{{display:block;width:{0}px;height:{0}px}}</style>{1}"
PLAIN = 'viewBox="0 0 32 32"'
WIDER = 'viewBox="-3 -3 38 38"'
GROUND = '<rect width="32" height="32" rx="7"'
WHOLE_GROUND = '<rect x="-3" y="-3" width="38" height="38"'


def main() -> None:
    """Write every icon."""
    from tests.browser.chromium import FLAGS, executable

    drawing = (IMAGES / "icon.svg").read_text()
    maskable = drawing.replace(PLAIN, WIDER).replace(GROUND, WHOLE_GROUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        for name, svg in (("icon", drawing), ("icon-maskable", maskable)):
            for size in (192, 512):
                tab = browser.new_page(viewport={"width": size, "height": size})
                tab.set_content(PAGE.format(size, svg))
                target = str(IMAGES / f"{name}-{size}.png")
                tab.screenshot(path=target, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
