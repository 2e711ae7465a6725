"""How allauth fits mulin: accounts are given by coordinators, never taken."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mulin.accounts.models import Person


class ClosedSignup(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """As all links in mails begin; never with the host name that the asking browser gave."""
        found = urlsplit(super().get_reset_password_from_key_url(key))
        return settings.SITE_URL + found.path


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """Single sign-on lets in those who already have an account with the same verified e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        if sociallogin.is_existing:
            return
        verified = [a.email.lower() for a in sociallogin.email_addresses if a.verified]
        known = Person.objects.annotate(address=Lower("email")).filter(address__in=verified)
        people = list(known.filter(is_active=True)[:2])
        if len(people) == 1:
            sociallogin.connect(request, people[0])
            return
        messages.error(
            request, _("No account here has this address. Ask your coordinator for one.")
        )
        raise ImmediateHttpResponse(redirect("account_login"))
