"""What the fields of a sheet are called."""

from django.utils.translation import pgettext_lazy

FIELD_LABELS = {
    "number": pgettext_lazy("column", "No."),
    "title": pgettext_lazy("column", "What"),
    "detail": pgettext_lazy("column", "Detail"),
    "category": pgettext_lazy("column", "Category"),
    "unit": pgettext_lazy("column", "Unit"),
    "contact": pgettext_lazy("column", "Contact"),
    "serving": pgettext_lazy("column", "For whom"),
    "place": pgettext_lazy("column", "Where"),
    "quantity": pgettext_lazy("column", "How much"),
    "period": pgettext_lazy("column", "When"),
    "conditions": pgettext_lazy("column", "Conditions"),
    "claimers": pgettext_lazy("column", "Claimed by"),
    "owner": pgettext_lazy("column", "Owner"),
    "due": pgettext_lazy("column", "By when"),
    "state": pgettext_lazy("column", "State"),
    "remark": pgettext_lazy("column", "Remark"),
}
