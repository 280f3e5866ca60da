"""What the check can say of a citation: for each code of a `Reason`, its English sentence, a gettext msgid.

``%(said)s`` is what the brief says, ``%(held)s`` what the catalogue, the numbering rule or the statute
says; both are in the brief's language. A sentence never calls a citation false: it states a fact.
"""

from collections.abc import Callable, Mapping

from app.briefs.model import Reason


def N_(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


REASONS: Mapping[str, str] = {
    # a ruling that is held, but of which the brief says something else
    "court": N_("The brief names the court %(said)s; the ruling held here is by %(held)s."),
    "document-type": N_("The brief calls it %(said)s; the document held here is a %(held)s."),
    "procedure": N_("The brief calls it %(said)s; the ruling held here is of %(held)s."),
    "date": N_("The brief dates it %(said)s; the decision held here is of %(held)s."),
    "party": N_("The brief names %(said)s; the parties known here are: %(held)s."),
    "cause": N_("The brief names the cause %(said)s; the ruling’s cause is %(held)s."),
    # which ruling is meant
    "several": N_("Several rulings held here fit this citation: %(held)s."),
    "withdrawn": N_("The ruling was withdrawn from this collection: %(held)s."),
    "back-reference": N_("Refers back to %(held)s."),
    "no-antecedent": N_("It is not clear which citation this refers back to."),
    # numbers
    "numbering": N_("The number cannot exist under the numbering rules."),
    "numbering:zero-serial": N_("No case has the serial number 0."),
    "numbering:future-year": N_("The year %(said)s has not come; numbers are given up to %(held)s."),
    "numbering:modern-in-2015": N_("Numbers of this form are given since %(held)s; of %(said)s there are a few."),
    "numbering:legacy-after-2015": N_("Numbers of this form were given until 2015; of %(said)s there are a few."),
    "numbering:modern-before-2016": N_("Numbers of this form are given since %(held)s, not in %(said)s."),
    "numbering:no-such-court": N_("No court has the code %(said)s."),
    "numbering:court-not-founded": N_("The court of the code %(said)s gives numbers only since %(held)s."),
    "numbering:court-closed": N_("The court of the code %(said)s gives no numbers since %(held)s."),
    "numbering:no-such-type": N_("There is no type of case %(said)s."),
    "numbering:type-not-of-level": N_("A court of this level (%(held)s) has no cases of the type %(said)s."),
    "malformed": N_("This is not a whole case number."),
    "suggested": N_("A number held here that differs in one character: %(held)s."),
    "masked": N_("Digits of the number are masked; it can’t be checked."),
    "agency-decision": N_("A decision of an agency; this collection holds rulings of courts only."),
    "interpretation-unknown": N_("A document whose text is not in the registry of statutes; it is not checked."),
    # statutes
    "statute-unknown": N_("A statute that is not in the registry; it is not checked."),
    "statute-no-such-version": N_("No version of %(said)s is known; the versions are: %(held)s."),
    "statute-version-unknown": N_("Whether there is a version of %(said)s is not known here; it is not checked."),
    "statute-no-such-article": N_("The brief names article %(said)s; the law has %(held)s articles."),
    "statute-not-in-force": N_("On %(said)s this version was not in force; the version in force was that of %(held)s."),
    "statute-not-yet": N_("This version comes into force on %(held)s."),
    "statute-for-date": N_("On %(said)s the version of %(held)s was in force."),
    "statute-repealed": N_("No longer in force since %(held)s."),
    "statute-later": N_("A later version is in force since %(held)s; compare the article numbers."),
    "statute-current": N_("The brief names no version; the one in force is that of %(held)s."),
    "interpretation": N_("This number is that of %(held)s."),
    # quotations
    "digest": N_("Only a digest is held here: its words are not the court’s own."),
    "whose-words": N_("The brief gives the words quoted to %(said)s; in the ruling they are those of %(held)s."),
    "quotation-meaning": N_("The words quoted differ from the ruling in their sense: %(said)s."),
    "quotation-near": N_("The words quoted differ from the ruling: %(said)s."),
    "quotation-not-found": N_("The words quoted are not in the ruling: %(said)s."),
    "quotation-not-in-digest": N_(
        "The words quoted are not in the digest held here; the ruling may have them: %(said)s."
    ),
    # what later instances did
    "history-reversed": N_("Reversed on appeal: %(held)s."),
    "history-partly-reversed": N_("Partly reversed on appeal: %(held)s."),
    "history-upheld": N_("Upheld on appeal: %(held)s."),
    "history-remanded": N_("Set aside on appeal and remanded: %(held)s."),
    "history-withdrawn": N_("The appeal was withdrawn: %(held)s."),
    "history-not-stated": N_("Appealed; the result is not stated: %(held)s."),
    "history-retrial-reversed": N_("Retried, and the ruling below reversed: %(held)s."),
    "history-retrial-partly-reversed": N_("Retried, and the ruling below partly reversed: %(held)s."),
    "history-retrial-upheld": N_("Retrial refused, or the ruling below upheld on retrial: %(held)s."),
    "history-retrial-remanded": N_("Set aside on retrial and remanded: %(held)s."),
    "history-retrial-withdrawn": N_("The application for retrial was withdrawn: %(held)s."),
    "history-retrial-not-stated": N_("Brought before a retrial; the result is not stated: %(held)s."),
    "history-later-reversed": N_("Reversed by a later instance: %(held)s."),
    "history-later-partly-reversed": N_("Partly reversed by a later instance: %(held)s."),
    "history-later-upheld": N_("Upheld by a later instance: %(held)s."),
    "history-later-remanded": N_("Set aside by a later instance and remanded: %(held)s."),
    "history-later-withdrawn": N_("The appeal or application was withdrawn: %(held)s."),
    "history-later-not-stated": N_("Of later instances it is known: %(held)s."),
    "history-not-confirmed": N_("First instance, no appeal known here: whether it took effect is not confirmed."),
}
"""The sentence of each code; one with a suffix (``numbering:no-such-court``) is looked up whole, then bare."""

SPEAKERS: Mapping[str, str] = {
    "court": N_("the court"),
    "party": N_("a party"),
    "court-below": N_("the court below"),
    "editor": N_("an editor"),
}
"""What `Speaker` values are called; the values of a ``whose-words`` reason."""


def sentence(reason: Reason, translate: Callable[[str], str] = str) -> str:
    """A reason in words, by the translation given."""
    said, held = reason.said, reason.held
    if reason.code == "whose-words":
        said, held = translate(SPEAKERS.get(said, said)), translate(SPEAKERS.get(held, held))
    message = REASONS.get(reason.code) or REASONS[reason.code.partition(":")[0]]
    return translate(message) % {"said": said, "held": held}
