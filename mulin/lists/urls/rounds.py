"""Addresses of collection rounds and of the answers to them."""

from django.urls import path

from mulin.lists.views import joining, rounds, submissions

rounds_patterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new_round, name="new_round"),
    path("rounds/<uuid:pk>/", rounds.round_page, name="round"),
    path("rounds/<uuid:pk>/remind/", rounds.remind, name="remind"),
    path("rounds/<uuid:pk>/freeze/", rounds.freeze, name="freeze"),
    path("rounds/<uuid:pk>/reopen/", rounds.reopen, name="reopen"),
    path("submissions/<uuid:pk>/", submissions.submission, name="submission"),
    path("submissions/<uuid:pk>/link/", rounds.personal_link, name="personal_link"),
    path("answer/<str:token>/", submissions.answer, name="answer"),
    path("join/<str:token>/", joining.group_link, name="group_link"),
    path("join/<str:token>/<uuid:pk>/", joining.group_code, name="group_code"),
]
