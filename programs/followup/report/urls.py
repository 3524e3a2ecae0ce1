"""Address of a case's progress report, below the case."""

from django.urls import URLPattern, URLResolver, path

from programs.followup.report import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("progress-report/", views.progress_report, name="progress_report"),
]
