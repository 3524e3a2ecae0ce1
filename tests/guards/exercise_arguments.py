"""What fills the arguments of an address about exercises, their pictures and templates."""

from typing import Any

from programs.exercises.pictures.photo_actions import remove_picture
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
