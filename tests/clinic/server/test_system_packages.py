"""A container has the system packages that the script installs, fonts included."""

import re

from tests.paths import ROOT


def test_the_container_installs_what_the_script_does() -> None:
    script = (ROOT / "scripts" / "system-packages.sh").read_text(encoding="utf-8")
    wanted = " ".join(re.findall(r'^RUN="(?:\$RUN )?(.+)"$', script, re.M)).split()
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    installed = re.search(r"--no-install-recommends([^&]+)&&", recipe)
    assert installed
    assert sorted(installed[1].replace("\\", " ").split()) == sorted(wanted)
    assert {"fonts-noto-cjk", "fonts-noto-color-emoji", "fonts-symbola"} <= set(wanted)
