"""Addresses of a case's goals, below the case."""

from django.urls import URLPattern, URLResolver, path

from programs.followup.goals import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("goals/", views.case_goals, name="case_goals"),
    path("goals/add/", views.case_goal_add, name="case_goal_add"),
    path("goals/score/", views.case_goals_score, name="case_goals_score"),
    path("goals/<int:goal_id>/reword/", views.case_goal_reword, name="case_goal_reword"),
    path("goals/<int:goal_id>/end/", views.case_goal_end, name="case_goal_end"),
]
