"""Every address of the site: each room has its own list."""

from django.urls import URLPattern, URLResolver, include, path

from clinic import views

urlpatterns: list[URLPattern | URLResolver] = [
    # First, so that a log that a patient sends is not held against every page of the practice.
    path("p/", include("programs.portal.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.icon, name="icon"),
    path(".well-known/security.txt", views.security_contact, name="security_contact"),
    path("form-token/", views.form_token, name="form_token"),
    path("switch-practice/", views.switch_practice, name="switch_practice"),
    path("", include("clinic.accounts.urls")),
    path("practice/", include("clinic.practice.urls")),
    path("", include("patients.urls")),
    path("", include("programs.urls")),
]
handler500 = "clinic.server.away.server_error"
