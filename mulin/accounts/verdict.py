"""The answer of a rule: yes, or no with the reason a person can read."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Verdict:
    """True when there is no reason against; otherwise carries the reason."""

    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return not self.reason

    def require(self) -> None:
        """Raise PermissionDenied with the reason, which 403.html shows."""
        if self.reason:
            raise PermissionDenied(self.reason)


YES = Verdict()


def NO(reason: str | Promise) -> Verdict:
    return Verdict(reason)
