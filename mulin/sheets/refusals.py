"""Says why a file is not taken, and what would be."""

from mulin.sheets.reading import N_, Problem

MOST_CELLS = 2_000_000
TAKEN = ".xlsx .xls .ods .csv .tsv .txt .docx"
MESSAGES = {
    "unsupported": N_("%(name)s cannot be read. Accepted: %(taken)s, or pasted text."),
    "mislabelled": N_("%(name)s is not what its ending says. Save it again as .xlsx or .docx."),
    "encrypted": N_("%(name)s is protected by a password. Remove the password and save it again."),
    "macros": N_("%(name)s carries macros. Save it as .xlsx without macros."),
    "bomb": N_("%(name)s unpacks to far too much. Save only the sheets that are needed."),
    "doctype": N_("%(name)s declares a DOCTYPE, which no office file needs. Save it again."),
    "corrupt": N_("%(name)s is damaged or cut short. Open it, save it again as .xlsx, and retry."),
    "empty": N_("%(name)s holds no rows. A table with one heading row is accepted."),
    "too_big": N_("%(name)s has more cells than %(most)s. Split it into smaller files."),
    "too_slow": N_("%(name)s took too long to read. Split it, or save as .csv."),
    "too_much": N_("%(name)s took too much memory to read. Split it, or save as .csv."),
    "busy": N_("%(name)s was not read: the machine is busy. Try again in a minute."),
    "encoding": N_("%(name)s is in no known encoding. Save it as UTF-8."),
}


class Refused(Exception):
    """The file is not taken; `problem` says why."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code)
        self.problem = refusal(code, name)


def refusal(code: str, name: str) -> Problem:
    """Return the problem `code` about the file `name`."""
    params = {"name": name, "taken": TAKEN, "most": MOST_CELLS}
    return Problem(code, name, MESSAGES[code], params)
