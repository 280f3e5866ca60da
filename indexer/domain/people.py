"""The people of a ruling: parties and the panel that decided."""

from dataclasses import dataclass
from enum import StrEnum

from indexer.domain.names import Names


class PartyRole(StrEnum):
    PLAINTIFF = "plaintiff"
    DEFENDANT = "defendant"
    APPELLANT = "appellant"
    APPELLEE = "appellee"
    RETRIAL_APPLICANT = "retrial-applicant"
    RETRIAL_RESPONDENT = "retrial-respondent"
    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD_PARTY = "third-party"


@dataclass(frozen=True, slots=True)
class Party:
    name: Names
    role: PartyRole
    role_below: PartyRole | None = None
    """The role in the first instance."""


class PanelRole(StrEnum):
    PRESIDING_JUDGE = "presiding-judge"
    JUDGE = "judge"
    ASSESSOR = "assessor"
    CLERK = "clerk"
    NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class PanelMember:
    name: Names
    role: PanelRole = PanelRole.NOT_STATED
