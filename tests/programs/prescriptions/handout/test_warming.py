"""A process that has warmed up prints its first handout as fast as the next."""

from dataclasses import replace

from django.conf import settings
from django.utils.module_loading import import_string

from programs.builder import warming as builder
from programs.exercises.library import read_ahead
from programs.exercises.pictures import warming as pictures
from programs.followup.progress import warming
from programs.prescriptions.handout import pdf
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.press import letters
from programs.prescriptions.handout.warming import sample, warm_up
from tests.programs.prescriptions.handout.prints import of_catalogue
from tests.programs.samples import ACCESS


def test_it_is_what_workers_begin_with() -> None:
    begun = [import_string(name) for name in settings.WARM_UP]
    assert begun == [read_ahead, builder.warm_up, pictures.warm_up, warming.warm_up, warm_up]


def test_no_style_sheet_is_left_to_read_and_what_all_handouts_say_is_placed_already() -> None:
    # As in a process that has printed nothing: what is known of a style sheet goes with it.
    pdf._style.cache_clear()
    letters._runs.cache_clear()
    warm_up()
    read, before = pdf._style.cache_info().misses, letters._runs.cache_info()
    render(of_catalogue(("sit-tall",)), ACCESS)
    after = letters._runs.cache_info()
    found, placed = after.hits - before.hits, after.misses - before.misses
    assert found > placed
    for paper in pdf.PAPER_SIZES:
        one = sample()
        render(replace(one, practice=replace(one.practice, paper_size=paper)), ACCESS)
    assert (read, pdf._style.cache_info().misses) == (2, 2)
