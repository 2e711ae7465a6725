"""Addresses of claims: made, answered, changed, and answered by a personal link."""

from django.urls import URLPattern, path

from mulin.lists.views import claim_links, claims, partners

claim_patterns: list[URLPattern] = [
    path("items/<uuid:pk>/claim/", claims.claim, name="claim"),
    path("items/<uuid:pk>/ask/", claims.ask, name="ask"),
    path("claims/<uuid:pk>/confirm/", claims.confirm, name="confirm_claim"),
    path("claims/<uuid:pk>/refuse/", claims.refuse, name="refuse_claim"),
    path("claims/<uuid:pk>/withdraw/", claims.withdraw, name="withdraw_claim"),
    path("claims/<uuid:pk>/change/", claims.change, name="change_claim"),
    path("claims/<uuid:pk>/take-back/", claims.take_back, name="take_yes_back"),
    path("claims/<uuid:pk>/reopen/", claims.reopen, name="reopen_claim"),
    path("claims/<uuid:pk>/go-on/", partners.go_on, name="go_on_without"),
    path("claims/<uuid:pk>/links/", claim_links.links, name="claim_links"),
    path("claims/answer/<str:token>/", claim_links.answer, name="answer_claim"),
    path("claims/partners/<uuid:pk>/join/", partners.join, name="join_claim"),
    path("claims/partners/<uuid:pk>/decline/", partners.decline, name="decline_part"),
    path("claims/partners/<uuid:pk>/again/", partners.again, name="answer_again"),
]
