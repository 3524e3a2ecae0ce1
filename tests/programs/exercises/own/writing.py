"""What the tests of own exercises share: the answer of a page, and the forms it sends."""

from typing import Any

from programs.exercises.own.form_set import OwnExerciseBundle


def errors(answer: Any) -> dict[str, list[str]]:
    """What is told at the fields, rows included."""
    bundle = answer.context["bundle"]
    found = {name: list(told) for name, told in bundle.form.errors.items()}
    for part, prefix in ((bundle.movements, "movements"), (bundle.presets, "presets")):
        for n, row in enumerate(part.forms):
            found |= {f"{prefix}-{n}-{name}": list(told) for name, told in row.errors.items()}
        if part.non_form_errors():
            found[prefix] = list(part.non_form_errors())
    return found


def sent_by(page: Any) -> dict[str, Any]:
    """What a browser sends of a page that nobody has touched."""
    return untouched(page.context["bundle"])


def untouched(bundle: OwnExerciseBundle) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for part in (bundle.form, *bundle.movements.forms, *bundle.presets.forms):
        for field in part:
            value = field.value()
            if value not in (None, False, ""):
                out[field.html_name] = value if value is not True else "on"
    for rows_of in (bundle.movements, bundle.presets):
        for field in rows_of.management_form:
            out[field.html_name] = field.value()
    return out
