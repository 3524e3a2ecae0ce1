"""Sets of patients, cases and answers. Every view starts from one that its practice owns."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from patients import questions, vocabulary
from patients.models import patient_search
from patients.models.fact_rows import give_facts
from patients.models.finding_by import Keys

if TYPE_CHECKING:
    from clinic.models import Practice


_MAY_STOP = sorted(
    vocabulary.STOPPING_CODES.union(*({g.code, *g.others} for g in vocabulary.TOGETHER))
)


class PatientQuerySet(models.QuerySet[Any]):
    """Patients. Reach it as ``request.practice.patients``."""

    def active(self) -> Self:
        """Those not archived, and not a part of another record."""
        return self.standing().filter(archived_at__isnull=True)

    def standing(self) -> Self:
        """Those that were not merged into another record."""
        return self.filter(merged_into__isnull=True)

    def merged_away(self) -> Self:
        """Those that are a part of another record now."""
        return self.filter(merged_into__isnull=False)

    def search(self, text: str, *, practice: Practice, region: str = "") -> Self:
        """Patients with every part of ``text``: words of a name, a date of birth, a phone number.

        Names in any spelling, and near ones where no name fits; each row has its ``fit``.
        These are patients of ``practice``. ``region``: the country in whose way dates and numbers
        are written.
        """
        wanted = patient_search.wanted_in(text, region=region)
        return patient_search.search(self, wanted, Keys(practice))

    def best_first(self) -> Self:
        """What a search found, best first; as good as another: latest touched first."""
        return self.order_by("fit", "-touched_at", "pk")

    def with_case_counts(self) -> Self:
        """Each patient with ``open_cases``, how many cases are open."""
        cases = self._cases().filter(patient=OuterRef("pk"), closed_at__isnull=True)
        count = cases.order_by().values("patient").annotate(n=Count("pk")).values("n")
        # Counted for the rows of one page only, which a join over all patients would not do.
        return self.annotate(open_cases=Coalesce(Subquery(count), 0))

    def _cases(self) -> models.QuerySet[Any]:
        return self.model._meta.get_field("cases").related_model._default_manager.using(self.db)


class CaseQuerySet(models.QuerySet[Any]):
    """Cases. Reach it as ``request.practice.cases``."""

    _with_facts = False

    def for_practice(self, practice: Practice) -> Self:
        """The cases of one practice."""
        return self.filter(practice=practice)

    def open(self) -> Self:
        """Those not closed."""
        return self.filter(closed_at__isnull=True)

    def with_facts(self) -> Self:
        """Everything the rules and the case page read, in a constant number of queries.

        Conditions, surgeries and current answers arrive as ``case.condition_rows``,
        ``case.surgery_rows`` and ``case.answer_rows``, which the case's own methods use.
        """
        found = self.select_related("patient", "practice", "clinician", "preference_recorded_by")
        found._with_facts = True
        return found

    def _clone(self) -> Self:
        found: Self = super()._clone()  # type: ignore[misc]
        found._with_facts = self._with_facts
        return found

    def _fetch_all(self) -> None:
        """Where Django reads what ``prefetch_related`` names, by queries that it builds anew."""
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._with_facts and self._result_cache:
            give_facts(self._result_cache)


class ScreenAnswerQuerySet(models.QuerySet[Any]):
    """Answers of the safety screen; history is kept, the latest row of a code counts."""

    def current(self) -> Self:
        """The latest answer to each question of each case that is still asked."""
        later = self.model._default_manager.using(self.db).filter(
            case=OuterRef("case"), code=OuterRef("code"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later)).exclude(code__in=questions.MERGED).order_by("pk")

    def with_nerve_sign(self) -> Self:
        """Each with ``nerve_sign``: whether a log of its case told of a nerve that gets worse.

        New weakness or spreading numbness stands until a clinician clears it.
        """
        alerts = self.model._meta.get_field("case").related_model._meta.get_field("alerts")
        rows = alerts.related_model._default_manager.using(self.db)
        told = rows.filter(case=OuterRef("case"), code="neurological_change", ended_at=None)
        return self.annotate(nerve_sign=Exists(told))

    def open_stops(self) -> Self:
        """Current answers that stop prescribing: yes, urgent, and cleared by nobody.

        An answer that is urgent only beside another counts while the other stands.
        """
        urgent = Q(code__in=vocabulary.STOPPING_CODES)
        for group in vocabulary.TOGETHER:
            if group.route in vocabulary.STOPPING_ROUTES:
                beside = Q(Exists(self._beside(group.others)))
                recorded = Q(Exists(self._conditions(group.others)))
                urgent |= Q(code=group.code) & (beside | recorded)
                urgent |= Q(code__in=group.others) & Q(Exists(self._beside({group.code})))
        # Said once more for the index.
        return self.may_stop().current()._open().filter(urgent)

    def may_stop(self) -> Self:
        """What may stop a case at all, which is little: a plain question, answered at once."""
        return self.filter(answer=vocabulary.Answer.YES, code__in=_MAY_STOP)

    def _open(self) -> Self:
        return self.filter(answer=vocabulary.Answer.YES, clearance__isnull=True)

    def _beside(self, codes: Collection[str]) -> Self:
        """Open answers with these codes of the same case, for an outer row."""
        rows = self.model._default_manager.using(self.db).filter(
            case=OuterRef("case"), code__in=sorted(codes)
        )
        found: Self = rows.current()._open()
        return found

    def _conditions(self, codes: Collection[str]) -> models.QuerySet[Any]:
        """Conditions with these codes of the same case, for an outer row."""
        case = self.model._meta.get_field("case").related_model
        rows = case._meta.get_field("conditions").related_model._default_manager.using(self.db)
        found: models.QuerySet[Any] = rows.filter(case=OuterRef("case"), code__in=sorted(codes))
        return found
