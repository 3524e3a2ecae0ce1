"""Alice's practice with one of everything."""

from dataclasses import replace
from uuid import uuid4

from clinic.models import Practice, User
from patients.models import Case, Patient
from programs.exercises.models import Exercise
from programs.exercises.pictures.models import ExercisePicture
from programs.exercises.rulebook.made_actions import keep_made
from programs.prescriptions.models import IssuedPrescription, Program, ProgramItem
from tests import factories
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription
from tests.programs.shipped import CATALOGUE, read


class World:
    """What exists in Alice's practice. Each thing is made when an address asks for it."""

    def __init__(self, practice: Practice, alice: User) -> None:
        self.practice = practice
        self.alice = alice

    def patient(self) -> Patient:
        return factories.PatientFactory(practice=self.practice)

    def case(self) -> Case:
        return factories.CaseFactory(patient=self.patient())

    def exercise(self) -> Exercise:
        """An exercise of the practice's own; the built-in ones are everybody's."""
        alone = {"slug": "own-dead-bug", "easier": [], "harder": [], "prerequisites": []}
        data = {**read(CATALOGUE / "dead-bug.toml"), **alone}
        return Exercise.objects.create(
            practice=self.practice,
            slug="own-dead-bug",
            data=data,
            name=data["name"],
            kind=data["kind"],
            phase=data["phase"],
            sided=data["sided"],
        )

    def made_rule(self) -> str:
        """A rule that Alice wrote; its id."""
        clause = {"verdict": "caution", "reason": "Ours.", "patient": "Gently.",
                  "case": {"age_from": 60}}  # fmt: skip
        data = {"title": "Ours", "source": "own", "item": "A letter", "evidence": "practice",
                "clause": [clause]}  # fmt: skip
        made = keep_made(
            practice=self.practice, actor=self.alice, data=data, why="Asked for.", key=uuid4()
        )
        return made.rule

    def picture(self) -> ExercisePicture:
        return factories.ExercisePictureFactory(
            practice=self.practice, exercise=self.exercise(), created_by=self.alice
        )

    def program(self) -> Program:
        people = {"created_by": self.alice, "changed_by": self.alice}
        return Program.objects.create(case=self.case(), title="Low back", **people)

    def item(self) -> ProgramItem:
        return ProgramItem.objects.create(
            program=self.program(), exercise=self.exercise(), position=1
        )

    def issued(self) -> IssuedPrescription:
        """A version whose items are named as issuing names them."""
        sample = sample_prescription()
        items = tuple(replace(item, item=str(uuid4())) for item in sample.items)
        return issue_for(self.case(), self.alice, replace(sample, items=items))
