"""Address of a case's review, below the case."""

from django.urls import URLPattern, URLResolver, path

from programs.followup.review import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("review/", views.case_review, name="case_review"),
]
