"""Addresses of how a case goes, below the case."""

from django.urls import URLPattern, URLResolver, path

from programs.followup.goals import views as goal_views
from programs.followup.progress import views
from programs.followup.report import views as report_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("chart/", views.case_chart, name="case_chart"),
    path("log/", views.case_log, name="case_log"),
    path("progress-report/", report_views.progress_report, name="progress_report"),
    path("goals/", goal_views.case_goals, name="case_goals"),
    path("goals/add/", goal_views.case_goal_add, name="case_goal_add"),
    path("goals/score/", goal_views.case_goals_score, name="case_goals_score"),
    path("goals/<int:goal_id>/reword/", goal_views.case_goal_reword, name="case_goal_reword"),
    path("goals/<int:goal_id>/end/", goal_views.case_goal_end, name="case_goal_end"),
]
