"""A worker makes itself ready beside its first requests."""

import gc
import logging
import threading
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.test import override_settings

from clinic.server import gunicorn_config, warming

done: list[str] = []


def note() -> None:
    """What a worker warms itself with, in these tests."""
    done.append("noted")


def fail() -> None:
    """A machine on which something is missing."""
    raise OSError("no fonts here")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


@override_settings(WARM_UP=[f"{__name__}.note"])
def test_each_worker_begins_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "DELAY_SECONDS", 0.0)
    gc.unfreeze()
    gunicorn_config.post_worker_init(None)
    timers = [t for t in threading.enumerate() if t.name == "warming"]
    for timer in timers:
        timer.join(timeout=60)
    assert done == ["noted"]
    kept = gc.get_freeze_count()
    gc.unfreeze()
    assert kept > 0, "what stays is looked through by no request"


@override_settings(WARM_UP=[f"{__name__}.fail", f"{__name__}.note"])
def test_what_fails_is_on_record_and_the_worker_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        warming.warm_up()
    told = [record.message for record in caplog.records]
    assert told == [f"A worker could not be warmed up: {__name__}.fail"]
    assert done == ["noted"]


def test_every_template_is_read_before_workers_are_forked() -> None:
    """As ``clinic.wsgi`` does; what a page or a letter includes is found there, too."""
    django: Any = engines["django"]
    (loader,) = django.engine.template_loaders
    loader.reset()
    warming.read_templates()
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    (folder,) = folders
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert pages <= set(loader.get_template_cache)
