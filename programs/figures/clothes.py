"""A dressed person: what each part of the body is made of, and where hems are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from programs.figures import body as b
from programs.figures.anatomy import (
    chest,
    drawn_up,
    foot,
    forearm,
    seat,
    shin,
    thigh,
    trunk,
    upper_arm,
)
from programs.figures.forms import Form, Melt, SolidPart
from programs.figures.geometry import Vec, add, along, dot, scale, sub, unit
from programs.figures.hands import hand
from programs.figures.heads import hair, head
from programs.figures.people import FigurePerson
from programs.figures.pose import Touch
from programs.figures.shapes import Cone, Solid
from programs.figures.skeleton import Skeleton

_SHIRT_ROWS: Final = (1.2, 4.0, 6.8, 9.6, 12.4, 15.2, 18.0, 20.8, 23.6, 25.8, 27.4)
_HIP_ROWS: Final = (-3.4, -0.9, 1.6, 4.1, 6.6)
HEM: Final = 2.0
"""How far above the hips a shirt ends."""


def dressed(
    body: Skeleton,
    person: FigurePerson,
    touches: Mapping[str, Touch],
    *,
    shod: bool,
    helper: bool = False,
) -> list[Form]:
    """All forms of one person; those of a helper carry their own materials."""
    forms = [
        Form("head", "skin", head(body, person)),
        Form("hair", "hair", hair(body, person)),
        _shirt(body, person),
        *_arms(body, person, touches),
        _trousers(body, person),
        *_legs(body, person, touches, shod=shod),
    ]
    if helper:
        for form in forms:
            form.material = f"helper-{form.material}"
            form.limb = ""
    return forms


def _shirt(body: Skeleton, person: FigurePerson) -> Form:
    build = person.build
    low, axes = body.slice(HEM)
    thorax, neck = body.frames["thorax"], body.points["neck"]
    collar = along(neck, body.frames["neck"].up, 1.0 if build.bust else 1.9)
    torso = SolidPart(
        [*trunk(body, build, _SHIRT_ROWS), *chest(body, build)],
        melt=2.6,
        grow=0.5,
        cuts=[
            (low, scale(axes.up, -1)),
            (collar, unit(add(thorax.up, scale(thorax.forward, 0.55)))),
        ],
    )
    parts = [torso, *(p for s in b.BODY_SIDES for p in _sleeve(body, person, s))]
    return Form("shirt", "shirt", parts)


def _sleeve(body: Skeleton, person: FigurePerson, side: str) -> list[SolidPart]:
    build, long = person.build, person.sleeves
    shoulder, f = body.points[f"shoulder_{side}"], body.frames[f"upper_arm_{side}"]
    elbow = body.points[f"elbow_{side}"]
    upper = upper_arm(body, build, side)
    pit = Melt(along(shoulder, f.up, -1.0), 7.5, 2.6)
    if long <= 1.0:
        hem = along(shoulder, f.up, -long * body.own.upper_arm)
        flare = Cone(
            along(shoulder, f.up, -3),
            along(shoulder, f.up, -(long + 0.02) * body.own.upper_arm),
            2.7 * build.limbs,
            2.9 * build.limbs,
        )
        cuts = [(hem, scale(f.up, -1))]
        return [SolidPart([*upper[:2], flare], melt=0.6, grow=0.3, cuts=cuts, joint=pit)]
    fore = body.frames[f"forearm_{side}"]
    hem = along(elbow, fore.up, -(long - 1) * body.own.forearm)
    cuff = SolidPart(
        forearm(body, build, side),
        melt=0.8,
        grow=0.5,
        cuts=[(hem, scale(fore.up, -1))],
        joint=Melt(elbow, 4, 1.2),
    )
    return [SolidPart(upper, melt=0.8, grow=0.4, joint=pit), cuff]


def _arms(body: Skeleton, person: FigurePerson, touches: Mapping[str, Touch]) -> list[Form]:
    found = []
    for side in b.BODY_SIDES:
        bones: list[Solid] = [
            *upper_arm(body, person.build, side),
            *forearm(body, person.build, side),
        ]
        if person.sleeves > 1.5:
            bones = forearm(body, person.build, side)
        fingers = hand(body, person.build, side, touches.get(f"hand_{side}"))
        parts = [SolidPart(bones, melt=1.1), *fingers]
        found.append(Form(f"arm_{side}", "skin", parts, limb=f"arm_{side}"))
    return found


def _trousers(body: Skeleton, person: FigurePerson) -> Form:
    build = person.build
    waist, axes = body.slice(HEM + 3.0)
    hips = SolidPart(
        [*trunk(body, build, _HIP_ROWS), *seat(body, build)],
        melt=2.4,
        grow=0.1,
        cuts=[(waist, axes.up)],
    )
    parts = [hips, *(p for s in b.BODY_SIDES for p in _trouser_leg(body, person, s))]
    return Form("trousers", "trousers", parts)


def _trouser_leg(body: Skeleton, person: FigurePerson, side: str) -> list[SolidPart]:
    build, long = person.build, person.legs
    hip, knee = body.points[f"hip_{side}"], body.points[f"knee_{side}"]
    f, shank = body.frames[f"thigh_{side}"], body.frames[f"shank_{side}"]
    groin = Melt(along(hip, f.up, -2), 10, 3.2)
    flesh = thigh(body, build, side)
    if long <= 1.0:
        hem = along(hip, f.up, -long * body.own.thigh)
        wide = 5.2 - 1.6 * (long - 0.4)
        flare = Cone(
            along(hip, f.up, -0.3 * body.own.thigh),
            along(hip, f.up, -(long + 0.02) * body.own.thigh),
            5.2 * build.limbs,
            wide * build.limbs,
        )
        cuts = [(hem, scale(f.up, -1))]
        return [SolidPart([*flesh, flare], melt=1.0, grow=0.4, cuts=cuts, joint=groin)]
    hem = along(knee, shank.up, -(long - 1) * body.own.shank)
    lower = SolidPart(
        shin(body, build, side),
        melt=1.0,
        grow=0.4,
        cuts=[(hem, scale(shank.up, -1))],
        joint=Melt(knee, 5, 1.5),
    )
    return [SolidPart(flesh, melt=1.0, grow=0.35, joint=groin), lower]


def _legs(
    body: Skeleton, person: FigurePerson, touches: Mapping[str, Touch], *, shod: bool
) -> list[Form]:
    found = []
    for side in b.BODY_SIDES:
        build, limb = person.build, f"leg_{side}"
        knee = body.points[f"knee_{side}"]
        lower = SolidPart(shin(body, build, side), melt=1.0, joint=Melt(knee, 5, 1.5))
        parts = [lower]
        if person.legs <= 1.0:
            parts = [SolidPart(thigh(body, build, side), melt=1.0), lower]
        if not shod:
            toes = _bare_foot(body, side, touches.get(f"foot_{side}"))
            found.append(Form(limb, "skin", [*parts, toes], limb=limb))
            continue
        found.append(Form(limb, "skin", parts, limb=limb))
        found += _shoe(body, side, limb)
    return found


def _bare_foot(body: Skeleton, side: str, touch: Touch | None) -> SolidPart:
    joint = Melt(body.points[f"ankle_{side}"], 5, 1.2)
    if touch is None or touch.arch <= 0:
        return SolidPart(foot(body, side), melt=0.8, joint=joint)
    more, less = drawn_up(body, side, touch.arch)
    return SolidPart([*foot(body, side), *more], melt=0.8, joint=joint, less=less, soft=0.4)


def _shoe(body: Skeleton, side: str, limb: str) -> list[Form]:
    """A plain flat shoe and its pale sole."""
    f, ankle = body.frames[f"foot_{side}"], body.points[f"ankle_{side}"]
    top: tuple[Vec, Vec] = (
        along(ankle, f.up, 0.9),
        unit(add(f.up, scale(f.forward, 0.12))),
    )
    upper = SolidPart(foot(body, side, more=0.4), melt=0.8, cuts=[top])
    ball_, toe = body.points[f"ball_{side}"], body.points[f"toe_{side}"]
    way = unit(sub(toe, ball_))
    lift = unit(sub(f.up, scale(way, dot(way, f.up))))
    low = along(ankle, f.up, 1.1 - b.ANKLE_HEIGHT)
    sole = SolidPart(
        foot(body, side, more=0.62), melt=0.8, cuts=[(low, unit(add(f.up, scale(lift, 0.2))))]
    )
    return [
        Form(f"shoe_{side}", "shoe", [upper], limb=limb),
        Form(f"sole_{side}", "sole", [sole], limb=limb),
    ]
