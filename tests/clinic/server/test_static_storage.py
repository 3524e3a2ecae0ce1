"""Scripts load the scripts they import by names that change with their content."""

import re
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django_htmx.jinja import htmx_script

from clinic.server.static_storage import HashedFiles

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?["'](\.[^"']+)["']""")
SMALL = 400
"""Bytes of a file that compressing may not make smaller."""
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_every_import_names_a_file_of_this_release(tmp_path: Path) -> None:
    shutil.copytree(Path(settings.BASE_DIR, "static"), tmp_path, dirs_exist_ok=True)
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.js")]
    storage = HashedFiles(location=tmp_path, base_url="/static/")
    failed = [
        name
        for name, _, done in storage.post_process({name: (storage, name) for name in names})
        if isinstance(done, Exception)
    ]
    assert failed == []
    imports = [
        (path.parent / found).resolve()
        for path in tmp_path.rglob("*.js")
        if HASHED.search(path.name)
        for found in IMPORT.findall(path.read_text())
    ]
    assert len(imports) > len(names) / 2
    assert [path.name for path in imports if not HASHED.search(path.name)] == []
    assert [path for path in imports if not path.exists()] == []
    # Compressed is what pages name, once: a file says the same under its plain name.
    compressed = {path.with_suffix("") for path in tmp_path.rglob("*.br")}
    assert [path.name for path in compressed if not HASHED.search(path.name)] == []
    large = {path for path in tmp_path.rglob("*.js") if HASHED.search(path.name)}
    assert [path.name for path in large - compressed if path.stat().st_size > SMALL] == []


def test_of_htmx_only_what_the_pages_load_is_collected() -> None:
    """The package brings other editions, twenty times as much."""
    collected = {name for finder in get_finders() for name, _ in finder.list([])}
    ours = {name for name in collected if name.startswith("django_htmx/")}
    assert ours == {"django_htmx/django-htmx.js", "django_htmx/htmx-2.min.js"}
    assert 'src="/static/django_htmx/htmx-2.' in htmx_script(minified=True)
