"""Trunk, arms, legs and feet as solids round the joints of a solved body."""

from __future__ import annotations

from typing import Final

from programs.figures import body as b
from programs.figures.geometry import Frame, Vec, add, along, dot, length, mix, scale, sub, unit
from programs.figures.people import Build
from programs.figures.shapes import Cone, Egg, Solid, ball
from programs.figures.skeleton import Skeleton, out_sign

FLOOR_OF_TRUNK: Final = 4.3


def _hump(up: float, middle: float, reach: float) -> float:
    """1 at ``middle``, falling to 0 at ``reach`` from it."""
    return max(0.0, 1 - abs(up - middle) / reach)


def _slice(body: Skeleton, build: Build, up: float) -> Egg:
    """A disc of the trunk at a height above the hips."""
    centre, axes = body.slice(up)
    s = body.station(up)
    low, mid, top = _hump(up, 0, 8), _hump(up, 10, 7), _hump(up, 22, 10)
    wide = s.wide * (1 + (build.hips - 1) * low + (build.waist - 1) * mid + (build.chest - 1) * top)
    front = s.front * (1 + (build.waist - 1) * 0.5 * mid + (build.chest - 1) * 0.5 * top)
    front += build.belly * _hump(up, 8, 9)
    back = s.back * (0.93 if up < 0 else 1.0)
    high = FLOOR_OF_TRUNK if up < 25 else 3.4
    middle = axes.place(centre, (front - back) / 2, 0.0, 0.0)
    return Egg(middle, axes, ((front + back) / 2 - 0.25, wide - 0.3, high))


def trunk(body: Skeleton, build: Build, heights: tuple[float, ...]) -> list[Solid]:
    """The trunk between two heights, disc upon disc."""
    return [_slice(body, build, up) for up in heights]


def chest(body: Skeleton, build: Build) -> list[Solid]:
    """Shoulders, chest and shoulder blades."""
    thorax, neck = body.frames["thorax"], body.points["neck"]
    top, _ = body.slice(28.3)
    ribs, f = body.slice(22.5)
    found: list[Solid] = []
    for side in b.BODY_SIDES:
        out = out_sign(side)
        shoulder = body.points[f"shoulder_{side}"]
        slope = along(mix(along(top, thorax.left, 2 * out), shoulder, 0.86), thorax.up, -0.5)
        start = along(neck, thorax.up, -1.0)
        found.append(Cone(start, slope, 2.9 * build.neck, 2.15 * build.shoulders))
        found.append(
            Cone(
                f.place(ribs, 2.0, out * 3.4, 0.4),
                f.place(ribs, 1.0, out * 6.2, 2.2),
                4.2 * build.chest,
                3.4 * build.chest,
            )
        )
        found.append(Egg(f.place(ribs, -4.0, out * 4.4, 0.8), f, (2.6, 3.6, 4.6)))
        if build.bust:
            breast = f.place(ribs, 4.4, out * 3.3, -1.8)
            found.append(Egg(breast, f, (2.2 + build.bust * 0.7, 3.1, 3.0)))
    return found


def seat(body: Skeleton, build: Build) -> list[Solid]:
    """Both buttocks."""
    centre, axes = body.slice(-1.5)
    return [
        Egg(axes.place(centre, -3.5, out_sign(s) * 3.9, -0.6), axes, (4.2, 4.5 * build.hips, 4.8))
        for s in b.BODY_SIDES
    ]


def thigh(body: Skeleton, build: Build, side: str) -> list[Solid]:
    """From hip to knee: fuller in front above, hamstrings behind."""
    hip, f = body.points[f"hip_{side}"], body.frames[f"thigh_{side}"]
    k, out = build.limbs, out_sign(side)

    def at(share: float, forward: float = 0.0, aside: float = 0.0) -> Vec:
        return f.place(hip, forward, aside * out, -share * body.own.thigh)

    return [
        Cone(at(0.02, 0.2, 0.4), at(0.42, 0.5, 0.25), 5.3 * k, 4.7 * k),
        Cone(at(0.42, 0.5, 0.25), at(0.94, 0.35), 4.7 * k, 3.1 * k),
        Cone(at(0.2, -0.7), at(0.8, -0.9), 4.2 * k, 2.7 * k),
    ]


def shin(body: Skeleton, build: Build, side: str) -> list[Solid]:
    """From knee to ankle, with kneecap and calf."""
    knee = body.points[f"knee_{side}"]
    upper, f = body.frames[f"thigh_{side}"], body.frames[f"shank_{side}"]
    k = build.limbs

    def at(share: float, forward: float) -> Vec:
        return f.place(knee, forward, 0.0, -share * body.own.shank)

    both = add(upper.forward, f.forward)
    cap = unit(both) if length(both) > 0.5 else scale(upper.up, -1)
    return [
        ball(along(knee, cap, 0.55), 2.9 * k),
        Cone(at(0.0, -0.1), at(0.26, -0.85), 2.85 * k, 3.0 * k),
        Cone(at(0.26, -0.85), at(0.62, -0.35), 3.0 * k, 2.05 * k),
        Cone(at(0.62, -0.35), at(0.97, -0.1), 2.05 * k, 1.7 * k),
        Cone(at(0.05, 0.5), at(0.75, 0.35), 2.3 * k, 1.7 * k),
    ]


def foot(body: Skeleton, side: str, *, more: float = 0.0) -> list[Solid]:
    """Heel, instep, ball and toes on a flat sole; ``more`` is what a shoe adds."""
    f, ankle = body.frames[f"foot_{side}"], body.points[f"ankle_{side}"]
    heel, front, toe = (body.points[f"{j}_{side}"] for j in ("heel", "ball", "toe"))
    out = scale(f.left, out_sign(side))
    way = unit(sub(toe, front))

    def beside(p: Vec, aside: float, up: float = 0.0, ahead: float = 0.0) -> Vec:
        return along(along(along(p, out, aside), f.up, up), way, ahead)

    m = more
    return [
        Cone(along(ankle, f.up, 0.4), along(heel, f.up, 0.3), 1.75 + m, 1.95 + m),
        Cone(along(ankle, f.forward, 0.3), beside(front, -0.75, 0.25), 1.95 + m, 1.35 + m),
        Cone(along(ankle, f.forward, -0.2), beside(front, 1.1, -0.1), 1.8 + m, 1.1 + m),
        Cone(heel, beside(front, 0.9, -0.1), 1.7 + m, 1.15 + m),
        Cone(beside(front, -0.8, 0.1), beside(toe, -0.85), 1.3 + m, 0.9 + m),
        Cone(beside(front, 0.4), beside(toe, 0.35, 0.0, -0.45), 1.2 + m, 0.75 + m),
        Cone(beside(front, 1.2, -0.1), beside(toe, 1.3, -0.05, -1.7), 1.05 + m, 0.7 + m),
    ]


def drawn_up(body: Skeleton, side: str, arch: float) -> tuple[list[Solid], list[Solid]]:
    """What a drawn up arch adds on top of a foot, and the hollow that it leaves below, inside."""
    f, ankle = body.frames[f"foot_{side}"], body.points[f"ankle_{side}"]
    inside = -out_sign(side)
    top = f.place(ankle, 4.0, 0.5 * inside, 1.8 * arch - 1.8)
    hollow = f.place(ankle, 2.4, 1.6 * inside, -b.ANKLE_HEIGHT)
    added = Cone(along(ankle, f.forward, 0.8), top, 1.8, 1.5)
    return [added], [Egg(hollow, f, (3.5, 3.4, 2.5 * arch))]


def upper_arm(body: Skeleton, build: Build, side: str) -> list[Solid]:
    """From shoulder to elbow."""
    shoulder, f = body.points[f"shoulder_{side}"], body.frames[f"upper_arm_{side}"]
    elbow, k = body.points[f"elbow_{side}"], build.limbs
    ahead = _bends_toward(body, side, f)

    def at(share: float, forward: float = 0.0) -> Vec:
        return along(along(shoulder, f.up, -share * body.own.upper_arm), ahead, forward)

    return [
        Cone(at(0.02), at(0.32, 0.15), 2.7 * k * build.shoulders, 2.5 * k),
        Cone(at(0.32, 0.25), at(0.7, 0.2), 2.45 * k, 2.15 * k),
        Cone(at(0.6), elbow, 2.15 * k, 1.8 * k),
    ]


def _bends_toward(body: Skeleton, side: str, upper: Frame) -> Vec:
    """The side of an upper arm on which its elbow bends: where the muscle is."""
    fore = scale(body.frames[f"forearm_{side}"].up, -1)
    aside = sub(fore, scale(upper.up, dot(fore, upper.up)))
    return unit(aside) if length(aside) > 0.2 else upper.forward


def forearm(body: Skeleton, build: Build, side: str) -> list[Solid]:
    """From elbow to wrist."""
    elbow, wrist, k = body.points[f"elbow_{side}"], body.points[f"wrist_{side}"], build.limbs
    full = mix(elbow, wrist, 0.25)
    return [
        Cone(elbow, full, 1.8 * k, 2.05 * k),
        Cone(full, mix(elbow, wrist, 0.97), 2.05 * k, 1.25 * k),
    ]
