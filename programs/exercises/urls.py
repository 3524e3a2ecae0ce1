"""Addresses of the catalogue and the rules."""

from django.urls import URLPattern, URLResolver, include, path

from programs.exercises import views
from programs.exercises.pictures import people_views
from programs.exercises.theirs.views import own_exchange

urlpatterns: list[URLPattern | URLResolver] = [
    path("exercises/", views.catalogue, name="catalogue"),
    path("exercises/", include("programs.exercises.own.urls")),
    path("exercises/exchange/", own_exchange, name="own_exchange"),
    path("exercises/templates/", include("programs.exercises.theirs.urls")),
    path("exercises/people/", people_views.figure_people, name="figure_people"),
    path(
        "exercises/people/practice/",
        people_views.practice_figure_people,
        name="practice_figure_people",
    ),
    path("exercises/wishes/", include("programs.exercises.wishes.urls")),
    path("exercises/<int:exercise_id>/", views.catalogue_entry, name="catalogue_entry"),
    path("exercises/<int:exercise_id>/", include("programs.exercises.pictures.urls")),
    path("rules/", include("programs.exercises.rulebook.urls")),
]
