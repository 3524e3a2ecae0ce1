"""Draws a posed body: limbs as tapered shapes, the trunk as a smooth outline, calm clothes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from math import hypot
from typing import Final

from programs.figures import body as b
from programs.figures.canvas import LINE, Canvas, bag, capsule, ellipsoid
from programs.figures.geometry import Point, Vec, along, dot, mix, sub
from programs.figures.head import draw_head
from programs.figures.silhouette import silhouette
from programs.figures.skeleton import Skeleton, out_sign

SHORTS_END: Final = 0.56
SLEEVE_END: Final = 0.5
_SHIRT: Final = (4.0, 8.0, 12.0, 17.0, 22.0, 27.0, 30.2, 32.0)
_SHORTS: Final = (-5.4, -4.2, -1.0, 2.5, 6.2)
_ARM_JOINTS: Final = ("shoulder", "elbow", "wrist", "hand")
Round = tuple[Vec, float]


class Mannequin:
    """One body on a canvas; ``in_front`` and ``behind`` name parts that break the usual order.

    ``on_body`` draws on trunk and legs, under the nearer arms.
    """

    def __init__(
        self,
        canvas: Canvas,
        found: Skeleton,
        in_front: Sequence[str] = (),
        behind: Sequence[str] = (),
        grips: Sequence[str] = (),
        helper: bool = False,
        layered: bool = False,
        on_body: Callable[[], None] | None = None,
    ) -> None:
        self.canvas, self.found, self.helper = canvas, found, helper
        self.camera = canvas.camera
        self.in_front, self.behind, self.grips = in_front, behind, grips
        self.layered, self.on_body = layered, on_body
        self.far = self._far_limbs()

    def _far_limbs(self) -> set[str]:
        """The limbs behind the trunk, or behind the other leg."""
        p, depth = self.found.points, self.camera.depth
        chest = depth(self.found.slice(18.0)[0])
        far = set()
        for side in b.BODY_SIDES:
            joints = [p[f"{j}_{side}"] for j in ("elbow", "wrist", "hand")]
            if sum(map(depth, joints)) / 3 < chest - 2.5:
                far.add(f"arm_{side}")
        leg = ("hip",) if self._sideways() else ("hip", "knee", "ankle")
        right, left = (sum(depth(p[f"{j}_{s}"]) for j in leg) / len(leg) for s in b.BODY_SIDES)
        if abs(right - left) > 4:
            far.add("leg_left" if right > left else "leg_right")
        return far

    def draw(self) -> None:
        """Everything from back to front."""
        steps: list[tuple[float, Callable[[], None]]] = [
            (30, self._trunk),
            (46, self._shorts),
            (50, self._head),
        ]
        if self.on_body:
            steps.append((48, self.on_body))
        for side in b.BODY_SIDES:
            if not self._hidden("leg", side):
                steps += self._leg_steps(side)
            if not self._hidden("arm", side):
                steps += self._arm_steps(side)
        for _, step in sorted(steps, key=lambda s: s[0]):
            step()

    def _hidden(self, limb: str, side: str) -> bool:
        """Whether a far limb lies exactly behind the near one."""
        if self.layered or f"{limb}_{side}" not in self.far:
            return False
        joints = ("hip", "knee", "ankle", "toe") if limb == "leg" else _ARM_JOINTS
        for joint in joints:
            p, q = (self.camera.see(self.found.points[f"{joint}_{s}"]) for s in b.BODY_SIDES)
            if abs(p[0] - q[0]) + abs(p[1] - q[1]) > 0.2:
                return False
        return True

    def _rank(self, names: Sequence[str], usual: float) -> float:
        for name in names:
            if name in self.in_front:
                return 80 + self.in_front.index(name)
            if name in self.behind:
                return 35 - len(self.behind) + self.behind.index(name)
        return usual

    def _arm_steps(self, side: str) -> list[tuple[float, Callable[[], None]]]:
        usual = 10 if f"arm_{side}" in self.far else 60
        over = 28 if self._joined(side) else usual
        upper = self._rank((f"upper_arm_{side}", f"arm_{side}"), over)
        fore = self._rank((f"forearm_{side}", f"arm_{side}"), usual)
        if upper == fore:
            return [(upper, lambda: self._arm(side, True, True))]
        return [
            (upper, lambda: self._arm(side, True, False)),
            (fore, lambda: self._arm(side, False, True)),
        ]

    def _leg_steps(self, side: str) -> list[tuple[float, Callable[[], None]]]:
        usual = 20 if f"leg_{side}" in self.far else 40
        thigh = self._rank((f"thigh_{side}", f"leg_{side}"), usual)
        shin = self._rank((f"shin_{side}", f"leg_{side}"), usual)
        if thigh == shin:
            return [(thigh, lambda: self._leg(side, True, True))]
        return [
            (thigh, lambda: self._leg(side, True, False)),
            (shin, lambda: self._leg(side, False, True)),
        ]

    def _tone(self, name: str, limb: str) -> str:
        if self.helper:
            name = "helper"
        return f"{name}-far" if limb in self.far and self._sideways() else name

    def _limb(self, pieces: Sequence[Sequence[Round]], tone: str) -> None:
        """Rounded pieces of one colour with one outline around them all."""
        seen = [[(self.camera.see(p), r) for p, r in piece] for piece in pieces]
        for piece in seen:
            for p, r in piece:
                self.canvas.cover(p, r)
        whole = None if self.layered else silhouette(seen)
        self.canvas.shape(whole or self._rounds(pieces), tone, whole=whole is not None)

    def _rounds(self, chains: Sequence[Sequence[Round]]) -> str:
        """Capsules along chains of discs, one over the other."""
        out = []
        for chain in chains:
            seen = [(self.camera.see(p), r) for p, r in chain]
            for p, r in seen:
                self.canvas.cover(p, r)
            out += [capsule(p, r, q, s) for (p, r), (q, s) in itertools.pairwise(seen)]
        return "".join(out)

    def _joint_patch(self, joint: Vec, toward: Vec, r: float, fill: str) -> None:
        """Hide the round end of a part where it goes on into the one behind it."""
        end = mix(joint, toward, 0.12)
        self.canvas.fill(self._rounds([[(joint, r - LINE / 2), (end, r - LINE / 2)]]), fill)

    def _leg(self, side: str, upper: bool, lower: bool) -> None:
        p, frames, r = self.found.points, self.found.frames, b.RADII
        hip, knee, ankle = (p[f"{j}_{side}"] for j in ("hip", "knee", "ankle"))
        pieces: list[list[Round]] = []
        if upper:
            pieces.append([(hip, r["hip"]), (knee, r["knee"])])
        if lower:
            calf = along(mix(knee, ankle, 0.3), frames[f"shank_{side}"].forward, -0.7)
            pieces.append([(knee, r["knee"]), (calf, r["calf"]), (ankle, r["ankle"])])
            pieces += self._foot(side)
        tone = self._tone("skin", f"leg_{side}")
        self._limb(pieces, tone)
        if lower and not upper:
            self._joint_patch(knee, hip, r["knee"], tone)
        if upper and (f"leg_{side}" in self.far or not self._with_pelvis(side)):
            self._limb([self._short(side)], self._tone("shorts", f"leg_{side}"))

    def _foot(self, side: str) -> list[list[Round]]:
        p, r, foot = self.found.points, b.RADII, self.found.frames[f"foot_{side}"]
        ankle, heel, ball, toe = (p[f"{j}_{side}"] for j in ("ankle", "heel", "ball", "toe"))
        back: list[Round] = [(ankle, r["ankle"]), (heel, r["heel"])]
        if abs(dot(foot.left, self.camera.right)) > 0.35 or self.camera.up > 50:
            return [
                [
                    *back,
                    (along(ball, foot.left, w), r["ball"]),
                    (along(toe, foot.left, w * 0.8), r["toe"]),
                ]
                for w in (-1.5, 1.5)
            ]
        return [[*back, (ball, r["ball"])], [(ball, r["ball"]), (toe, r["toe"])]]

    def _short(self, side: str) -> list[Round]:
        hip, knee = self.found.points[f"hip_{side}"], self.found.points[f"knee_{side}"]
        return [(hip, b.RADII["hip"] + 0.3), (mix(hip, knee, SHORTS_END), b.RADII["thigh"] + 0.2)]

    def _with_pelvis(self, side: str) -> bool:
        """Whether a thigh's shorts are drawn in one piece with the pelvis."""
        rank = self._rank((f"thigh_{side}", f"leg_{side}"), 40)
        return f"leg_{side}" not in self.far and rank == 40

    def _shorts(self) -> None:
        one, two = self.sides(_SHORTS)
        d = bag(two[::-1] + one) + self._cap(_SHORTS[1])
        chains = [self._short(side) for side in b.BODY_SIDES if self._with_pelvis(side)]
        self.canvas.shape(d + self._rounds(chains), self._tone("shorts", ""))

    def _trunk(self) -> None:
        p = self.found.points
        skin = self._tone("skin", "")
        r = b.RADII["neck"]
        self.canvas.shape(self._rounds([[(p["neck"], r + 0.4), (p["skull"], r)]]), skin)
        one, two = self.sides(_SHIRT)
        sleeves = [
            [self._yoke(side), *self._sleeve(side)] for side in b.BODY_SIDES if self._joined(side)
        ]
        d = bag(one + two[::-1]) + self._cap(_SHIRT[-2]) + self._rounds(sleeves)
        self.canvas.shape(d, self._tone("shirt", ""))

    def _sleeve(self, side: str) -> list[Round]:
        p, r = self.found.points, b.RADII["shoulder"]
        shoulder, elbow = p[f"shoulder_{side}"], p[f"elbow_{side}"]
        return [(shoulder, r + 0.5), (mix(shoulder, elbow, SLEEVE_END), r + 0.1)]

    def _yoke(self, side: str) -> Round:
        """Where the shirt runs on from the chest to the shoulder."""
        centre, axes = self.found.slice(26.8)
        return axes.place(centre, 0.0, out_sign(side) * 4.6, 0.0), 4.3

    def _joined(self, side: str) -> bool:
        """Whether a sleeve is of one piece with the shirt: from the front or the back."""
        if self._sideways() or f"arm_{side}" in self.far:
            return False
        chest, axes = self.found.slice(18.0)
        elbow = self.found.points[f"elbow_{side}"]
        aside = dot(sub(elbow, chest), axes.left) * out_sign(side)
        nearer = self.camera.depth(elbow) - self.camera.depth(chest)
        return aside > b.SHOULDER_OUT - 1.0 and nearer < 9

    def _sideways(self) -> bool:
        return abs(dot(self.found.frames["thorax"].left, self.camera.near)) > 0.6

    def sides(self, ups: Sequence[float]) -> tuple[list[Point], list[Point]]:
        """Both edges of the trunk's silhouette between two heights, upward."""
        centres = [self.found.slice(u) for u in ups]
        seen = [self.camera.see(c) for c, _ in centres]
        sides: tuple[list[Point], list[Point]] = ([], [])
        for i, (up, (_, axes)) in enumerate(zip(ups, centres, strict=True)):
            a, c = seen[max(0, i - 1)], seen[min(len(ups) - 1, i + 1)]
            dx, dy = c[0] - a[0], c[1] - a[1]
            size = hypot(dx, dy) or 1.0
            s = self.found.station(up)
            fx, fy = self.camera.see(axes.forward)
            lx, ly = self.camera.see(axes.left)
            for k, row in zip((1, -1), sides, strict=True):
                n = (-dy / size * k, dx / size * k)
                ahead, aside = fx * n[0] + fy * n[1], lx * n[0] + ly * n[1]
                wide = hypot((s.front if ahead > 0 else s.back) * ahead, s.wide * aside)
                p = (seen[i][0] + n[0] * wide, seen[i][1] + n[1] * wide)
                row.append(p)
                self.canvas.cover(p)
        return sides

    def _cap(self, up: float) -> str:
        """The slice that a camera looking along the trunk sees beyond its silhouette."""
        centre, axes = self.found.slice(up)
        if abs(dot(axes.up, self.camera.near)) < 0.3:
            return ""
        s = self.found.station(up)
        middle = along(centre, axes.forward, (s.front - s.back) / 2)
        return ellipsoid(self.camera, middle, axes, ((s.front + s.back) / 2, s.wide, 0.1))

    def _arm(self, side: str, upper: bool, lower: bool) -> None:
        p, r = self.found.points, b.RADII
        shoulder, elbow, wrist = (p[f"{j}_{side}"] for j in ("shoulder", "elbow", "wrist"))
        limb = f"arm_{side}"
        tone = self._tone("skin", limb)
        pieces: list[list[Round]] = []
        if upper:
            pieces.append([(shoulder, r["shoulder"]), (elbow, r["elbow"])])
        if lower:
            pieces.append([(elbow, r["elbow"]), (wrist, r["wrist"])])
            pieces += self._hand(side)
        self._limb(pieces, tone)
        if lower and not upper:
            self._joint_patch(elbow, shoulder, r["elbow"], tone)
        if upper and not self._joined(side):
            self._limb([self._sleeve(side)], self._tone("shirt", limb))

    def _hand(self, side: str) -> list[list[Round]]:
        p, r, hand = self.found.points, b.RADII, self.found.frames[f"hand_{side}"]
        wrist, palm, tip = (p[f"{j}_{side}"] for j in ("wrist", "hand", "tip"))
        if f"hand_{side}" in self.grips:
            return [[(wrist, r["wrist"]), (along(wrist, hand.up, -3.6), 2.2)]]
        flat: list[Round] = [(wrist, r["wrist"]), (palm, r["palm"]), (tip, r["fingers"])]
        root = along(wrist, hand.up, -1.6)
        if f"thumb_{side}" in p:
            return [flat, [(root, 1.3), (p[f"thumb_{side}"], 1.0)]]
        thumb = along(along(wrist, hand.up, -5.2), hand.forward, 2.6)
        return [flat, [(root, 0.9), (thumb, 0.75)]]

    def _head(self) -> None:
        if self.helper:
            draw_head(self.canvas, self.found, "helper", "helper-far")
        else:
            draw_head(self.canvas, self.found)
