"""What fills the arguments of an address about exercises, their pictures and templates."""

from typing import Any

from programs.exercises.pictures.photo_actions import remove_picture
from programs.exercises.theirs.template_actions import retire_template
from tests import factories
from tests.guards.world import World

Arguments = dict[str, Any]


def exercise(world: World) -> Arguments:
    return {"exercise_id": world.exercise().pk}


def picture(world: World) -> Arguments:
    return {"exercise_id": (row := world.picture()).exercise_id, "picture_id": row.pk}


def removed_picture(world: World) -> Arguments:
    row = world.picture()
    remove_picture(picture=row, actor=world.alice)
    return {"exercise_id": row.exercise_id, "picture_id": row.pk}


def movement(world: World) -> Arguments:
    return {**exercise(world), "side": "none", "named": "today"}


def figure(world: World) -> Arguments:
    return {**movement(world), "frame": 1}


def own_template(world: World) -> Arguments:
    return {"starter_id": factories.OwnStarterFactory(made_by=world.alice).pk}


def removed_template(world: World) -> Arguments:
    row = factories.OwnStarterFactory(made_by=world.alice)
    retire_template(starter=row, actor=world.alice)
    return {"starter_id": row.pk}
