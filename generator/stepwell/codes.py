"""Every diagnostic code: slug, severity, what it means, why it matters, how to mend it.

Codes are stable: a code is never reused. SW1xx reading, 2xx references, 3xx
logic, 4xx clinical safety, 5xx languages, 6xx rendering. `stepwell explain`
prints an entry; tests/diagnostics has a project for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops the build, a warning does not, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem."""

    code: str
    slug: str
    severity: Severity
    what: str
    why: str
    mend: str


def _table(severity: Severity, *rows: tuple[str, str, str, str, str]) -> dict[str, Code]:
    return {row[0]: Code(row[0], row[1], severity, *row[2:]) for row in rows}


# fmt: off
_ERRORS = _table(
    Severity.ERROR,
    ("SW101", "not-utf-8", "A file is not UTF-8 text.",
     "Another encoding turns letters and signs such as ≥ into something else.",
     "Save the file as UTF-8 in your editor."),
    ("SW102", "control-character", "A file has a control or invisible character.",
     "Readers can't see it, yet it changes order, search or comparison of a text.",
     "Delete the character; its name and place are in the message."),
    ("SW103", "bidi-control", "A file has a character that reverses the direction of text.",
     "It can make a number or a phone read backwards. Direction is Stepwell's own work.",
     "Delete the character."),
    ("SW104", "yaml-syntax", "The YAML can't be read.",
     "What can't be read can't be checked.",
     "Look at the marked place: a missing colon, a quote that is not closed, wrong indentation."),
    ("SW105", "duplicate-key", "A key stands twice in one mapping.",
     "Ordinary tools keep the last one silently, and a threshold is gone.",
     "Keep one of the two."),
    ("SW106", "anchor-or-alias", "An anchor (&) or alias (*) is used.",
     "Aliases hide where a value comes from and can blow up memory.",
     "Write the value out, or define it once under criteria: or quantities:."),
    ("SW107", "tag", "A tag (!) is used.",
     "Tags change the type of a value behind the editor's back.",
     "Remove the tag; put the text in quotes if it begins with '!'."),
    ("SW108", "merge-key", "A merge key (<<) is used.",
     "Merged values can't be located or reviewed.",
     "Write the keys out."),
    ("SW109", "several-documents", "A file holds more than one YAML document.",
     "Only one of them would be read.",
     "Split the file, or remove the line '---' in the middle."),
    ("SW110", "tab-indentation", "A line is indented with a tab.",
     "YAML counts spaces; a tab looks right and is wrong.",
     "Indent with two spaces."),
    ("SW111", "too-deep", "Values are nested more than 32 levels deep.",
     "No pathway needs it; damaged or hostile files do.",
     "Flatten the structure."),
    ("SW112", "file-too-large", "A file is larger than 2 MiB.",
     "A pathway of that size can't be reviewed.",
     "Split the file into parts in the same folder."),
    ("SW113", "symbolic-link", "A file or folder is a symbolic link.",
     "A link can lead out of the project.",
     "Put the file itself there."),
    ("SW115", "unknown-key", "A key is not known here.",
     "A mistyped key would be ignored and its content lost.",
     "Use the key that the hint names, or remove it."),
    ("SW116", "missing-key", "A key that is needed is missing.",
     "The output would have a hole where a reader needs an answer.",
     "Add the key."),
    ("SW117", "wrong-value", "A value is not of the form that is needed.",
     "A value in the wrong form would be printed or compared wrongly.",
     "Write the value in the form that the message names."),
    ("SW118", "wrong-shape", "A text, list or mapping stands where another of them is needed.",
     "The content can't be placed.",
     "Check the indentation and the '- ' of lists."),
    ("SW119", "criterion-malformed", "A criterion is not written in a form that is known.",
     "A criterion that is read otherwise than it was meant sends people to the wrong step.",
     "Use all, any, none, {at-least: n, of: [...]}, a range low..high or one comparison."),
    ("SW120", "missing-file", "A file that is needed is missing.",
     "Without it there is nothing to build.",
     "Add the file, or start with 'stepwell new'."),
    ("SW121", "key-in-two-parts", "A key stands in two files of the same pathway.",
     "Only lists may be continued in another file.",
     "Keep it in one file."),
    ("SW122", "unreadable-file", "A file can't be opened.",
     "What can't be read can't be checked.",
     "Check its permissions."),
    ("SW201", "duplicate-id", "Two things of one kind have the same id.",
     "A reference would be ambiguous.",
     "Rename one of them."),
    ("SW203", "unknown-reference", "An id is referred to that nothing defines.",
     "The reader would be sent nowhere.",
     "Use the id that the hint names, or define it."),
    ("SW204", "placeholder", "A placeholder in braces is not of a known form.",
     "Readers would see the braces.",
     "Use {kind:id} with a kind that the message names; write '(' if you meant a bracket."),
    ("SW205", "circular-criterion", "A named criterion refers to itself.",
     "It has no meaning.",
     "Write one of them out."),
    ("SW301", "value-out-of-range", "A criterion compares with a value that can't occur.",
     "It can never hold, or always does.",
     "Use a value in the range that the message names."),
    ("SW302", "inverted-range", "A range ends before it starts.",
     "It can never hold.",
     "Put the smaller value first."),
    ("SW303", "comparison-does-not-fit", "A comparison does not fit its measure.",
     "A choice has no 'at least'; a duration needs its unit.",
     "Use a comparison or value that the message names."),
    ("SW304", "measure-kind", "A measure has no kind, or more than one.",
     "It would not be clear what is asked.",
     "Give exactly one of instrument, duration, choices, finding, number, change-of."),
    ("SW305", "case-fails", "A worked case reaches another tier than it should.",
     "Either the criteria or the case is wrong, and a person would be sent there.",
     "Ask the clinician who confirmed the case; then mend the criterion or the case."),
    ("SW306", "case-undecided", "A worked case leaves open which tier is reached.",
     "A case must give every answer that decides.",
     "Add the measures that the message names."),
    ("SW402", "no-interim-support", "A tier has a wait but nothing to bridge it.",
     "A person who waits without help gets worse or goes missing.",
     "Add while-you-wait: to the tier."),
    ("SW403", "slower-though-more-urgent", "A more urgent class waits longer than a less urgent one.",
     "It sends those at most risk to the end of the queue.",
     "Correct one of the two targets."),
    ("SW404", "bands-with-gap", "The bands of an instrument leave a gap or overlap.",
     "A score in the gap has no meaning; in an overlap it has two.",
     "Let each band start one point after the one before, from the lowest to the highest score."),
    ("SW405", "no-red-flags", "A pathway has no red flags.",
     "Red flags come first on every clinician output.",
     "Add red-flags: with finding, action, role and within."),
    ("SW406", "no-way-out", "A tier has no step up, step down or discharge.",
     "A person would stay unseen.",
     "Add at least one way out."),
    ("SW407", "not-approved", "The status is 'approved' but nobody approved it.",
     "Readers would trust what nobody answered for.",
     "Add approved: with by and date, or set another status."),
    ("SW501", "catalog-syntax", "A catalog (PO file) can't be read.",
     "Its translations would be lost.",
     "Open it in a PO editor; the message names the line."),
    ("SW502", "placeholders-differ", "A translation does not have the placeholders of its source.",
     "A number, a phone or a name would be missing or invented.",
     "Copy each {…} of the source into the translation, unchanged."),
    ("SW503", "interface-word-missing", "The toolkit has no words of its own in a published language.",
     "English words would stand between translated sentences.",
     "Publish another language, or add the language as CONTRIBUTING.md says."),
    ("SW601", "pdf-problem", "A PDF was not made as it should be.",
     "A page that was silently cut or restyled can mislead.",
     "The message names what WeasyPrint refused or could not do."),
    ("SW603", "missing-glyph", "No font of the language has a character of a text.",
     "Readers would see a box instead of it.",
     "Use another character, or report that the language needs a font."),
    ("SW604", "too-many-pages", "A document is longer than its form allows.",
     "A third page is lost at the copier.",
     "Shorten the texts that it prints, the longest first."),
    ("SW605", "obligation-missed", "An output would lack something that every output carries.",
     "Crisis line, version, review dates, owner and intended use stand on every output.",
     "If you changed templates, put the part back."),
)

_WARNINGS = _table(
    Severity.WARNING,
    ("SW401", "digit-in-safety-text", "A digit is typed inside a text whose error can hurt.",
     "A typed number can be mistyped in each translation and has no source.",
     "Define it under quantities: and write {quantity:ID}."),
    ("SW408", "review-overdue", "The pathway is past its review date.",
     "Readers are told that it may be out of date.",
     "Review it, then set reviewed: and review-by:."),
    ("SW409", "resource-not-verified", "A community resource was last verified over a year ago.",
     "A closed door or a dead number costs trust, and sometimes more.",
     "Call them, then set verified:."),
    ("SW410", "capacity-stale", "A statement about the current wait has expired.",
     "It is no longer shown.",
     "Measure again, then set measured: and wait:."),
    ("SW411", "need-without-resource", "No community resource answers a need.",
     "A clinician who asks has nothing to offer.",
     "Add a resource that names the need."),
    ("SW504", "safety-text-not-translated", "A safety text has no current translation.",
     "Documents that need it are not published in that language; a notice takes their place.",
     "Translate the entry, then build again."),
    ("SW505", "text-not-translated", "A text has no current translation.",
     "The source sentence stands there, marked with its language.",
     "Translate the entry."),
    ("SW602", "site-warning", "The site generator warned.",
     "A link or page may be broken.",
     "The message names the page."),
    ("SW606", "no-pdf", "No PDF was made, because a system library is missing.",
     "Leaflets and pocket guides are half of the product.",
     "Run 'stepwell doctor'; it names the command that mends it."),
)

# fmt: on

CODES: dict[str, Code] = dict(sorted({**_ERRORS, **_WARNINGS}.items()))
