"""What models were at a migration is built only where a migration asks for it, and only that.

Django builds every model anew after each operation, in case the next one looks at it. Nine tenths
of the time of a migration go there, and an operation looks at one or two.

For a database that is still empty: nothing in it can be lost, and a test holds what comes of it
against what Django's own way makes (``tests/plain_tables.txt``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db.migrations.operations import RunPython
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation

_Key = tuple[str, str]


class AskedApps:
    """The models of a moment, whatever becomes of the state they were in.

    Built are the one that is asked for and, of those that its keys lead to, what a key can hold;
    for any other question, and for a migration's own code (``whole``), all of them.
    """

    def __init__(self, state: ProjectState, *, whole: bool = False) -> None:
        self._real = state.real_apps
        self._models = {key: model.clone() for key, model in state.models.items()}
        self._built: dict[_Key | None, StateApps] = {}
        self._whole = whole

    def get_model(self, app_label: str, model_name: str | None = None) -> Any:
        """The model as it was."""
        if model_name is None:
            app_label, model_name = app_label.split(".")
        key = (app_label, model_name.lower())
        return self._with(key).get_model(*key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._with(None), name)

    def _with(self, key: _Key | None) -> StateApps:
        if self._whole or key not in self._models:
            key = None
        if key not in self._built:
            models = self._models if key is None else _led_to(key, self._models)
            self._built[key] = StateApps(list(self._real), models)
        return self._built[key]


def _led_to(first: _Key, models: Mapping[_Key, ModelState]) -> dict[_Key, ModelState]:
    """The model, what it inherits from, and what its keys point at."""
    found: dict[_Key, ModelState] = {}
    whole: set[_Key] = set()
    open_ = [(first, True)]
    while open_:
        key, is_whole = open_.pop()
        if key not in models or key in whole or (key in found and not is_whole):
            continue
        if is_whole:
            whole.add(key)
        model = found[key] = models[key] if is_whole else _pointed_at(models[key])
        open_ += [(_key(base), True) for base in model.bases if isinstance(base, str)]
        for field in model.fields.values():
            remote: Any = field.remote_field
            if remote and remote.model:
                open_.append((resolve_relation(remote.model, *key), False))
            if through := getattr(remote, "through", None):
                open_.append((resolve_relation(through, *key), True))
    return found


def _pointed_at(model: ModelState) -> ModelState:
    """Of a model only the table, and the columns that another table's key may hold."""
    cut = model.clone()
    cut.fields = {
        name: field for name, field in model.fields.items() if field.primary_key or field.unique
    }
    kept = ("db_table", "managed", "proxy", "swappable")
    cut.options = {name: model.options[name] for name in kept if name in model.options}
    cut.options |= {"indexes": [], "constraints": []}
    return cut


def _key(label: str) -> _Key:
    app, model = label.split(".")
    return app, model.lower()


class _LaterApps:
    """In place of the property that builds at once."""

    def __get__(self, state: Any, owner: type) -> Any:
        if "apps" not in state.__dict__:
            state.__dict__["apps"] = AskedApps(state)
        return state.__dict__["apps"]

    def __set__(self, state: Any, value: Any) -> None:
        state.__dict__["apps"] = value

    def __delete__(self, state: Any) -> None:
        _forget(state)


def _forget(state: Any, *_: Any, **__: Any) -> None:
    state.__dict__.pop("apps", None)


def _whole(state: Any) -> None:
    """Called before other code than an operation's looks at the models."""
    state.__dict__["apps"] = AskedApps(state, whole=True)


def _with_all(run: Callable[..., None]) -> Callable[..., None]:
    """A migration's own code may ask for any of them, and for what leads from one to another."""

    def running(operation: Any, app_label: str, editor: Any, before: Any, after: Any) -> None:
        _whole(before)
        run(operation, app_label, editor, before, after)

    return running


def _clone(state: Any) -> ProjectState:
    """The copy has the same models, so that what is built for one is built for both."""
    models = {key: model.clone() for key, model in state.models.items()}
    copy = ProjectState(models=models, real_apps=state.real_apps)
    if "apps" in state.__dict__:
        copy.__dict__["apps"] = state.__dict__["apps"]
    return copy


_remove_model = ProjectState.remove_model


def _remove(state: Any, app_label: str, model_name: str) -> None:
    _forget(state)
    _remove_model(state, app_label, model_name)


@contextmanager
def built_when_asked() -> Iterator[None]:
    """Migrations in here build models only where they are looked at.

    Django has no way to be asked for that, so parts of its ``ProjectState`` are exchanged
    meanwhile: in the whole process, which should do nothing else.
    """
    state_parts = {
        "apps": _LaterApps(),
        "clone": _clone,
        "reload_model": _forget,
        "reload_models": _forget,
        "remove_model": _remove,
        "clear_delayed_apps_cache": _whole,
    }
    runs = ("database_forwards", "database_backwards")
    with ExitStack() as back:
        for name, part in state_parts.items():
            _exchange(back, ProjectState, name, part)
        for name in runs:
            _exchange(back, RunPython, name, _with_all(getattr(RunPython, name)))
        yield


def _exchange(back: ExitStack, owner: type, name: str, part: object) -> None:
    back.callback(setattr, owner, name, vars(owner)[name])
    setattr(owner, name, part)
