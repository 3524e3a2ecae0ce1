"""Addresses of the inbox."""

from django.urls import URLPattern, URLResolver, include, path

from patients.inbox import views

alert_urls: list[URLPattern | URLResolver] = [
    path("acknowledge/", views.alert_acknowledge, name="alert_acknowledge"),
    path("put-away/", views.alert_put_away, name="alert_put_away"),
    path("snooze/", views.alert_snooze, name="alert_snooze"),
    path("wake/", views.alert_wake, name="alert_wake"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:alert_id>/", include(alert_urls)),
]
