"""The shapes of the nine states, drawn on a 24 × 24 field: from missing to round."""

from django.utils.translation import pgettext_lazy

RING = '<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2"/>'
# The lit part is bounded by the right half of the rim and by the terminator, half an ellipse.
LIT = '<path class="moon-fill" fill="currentColor" d="M12 3A9 9 0 0 1 12 21{}Z"/>'

SHAPES = {
    "draft": RING.replace("/>", ' stroke-dasharray="3.4 2.255"/>'),
    "open": RING,
    "claimed": RING + LIT.format("A5 9 0 0 0 12 3"),
    "agreed": RING + LIT.format(""),
    "checking": RING + LIT.format("A5 9 0 0 1 12 3"),
    "done": '<circle class="moon-fill" cx="12" cy="12" r="10" fill="currentColor"/>'
    '<path class="moon-knock" d="m7.6 12.4 3 3 5.8-6.4" fill="none" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "late": '<path d="M12 2.8 22.2 20.6H1.8Z" fill="currentColor" stroke="currentColor"'
    ' stroke-width="1.6" stroke-linejoin="round"/>'
    '<path class="moon-knock" d="M12 9v5.4M12 17.4v.2" fill="none" stroke-width="2"'
    ' stroke-linecap="round"/>',
    "held": '<rect x="3.2" y="3.2" width="17.6" height="17.6" rx="2.6" fill="none"'
    ' stroke="currentColor" stroke-width="2"/>'
    '<path d="M9.4 8.6v6.8M14.6 8.6v6.8" stroke="currentColor" stroke-width="2"/>',
    "declined": RING + '<path d="M18.2 5.8 5.8 18.2" stroke="currentColor" stroke-width="2"/>',
}

WORDS = {
    "draft": pgettext_lazy("status", "To be reviewed"),
    "open": pgettext_lazy("status", "Open to claim"),
    "claimed": pgettext_lazy("status", "Claimed"),
    "agreed": pgettext_lazy("status", "Project under way"),
    "checking": pgettext_lazy("status", "Awaiting acceptance"),
    "done": pgettext_lazy("status", "Closed out"),
    "late": pgettext_lazy("status", "Overdue"),
    "held": pgettext_lazy("status", "Carried open"),
    "declined": pgettext_lazy("status", "Not adopted"),
}
