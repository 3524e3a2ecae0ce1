"""Where one region of a picture ends and the next begins: lines between points of unlike kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.figures.curves import Points

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(slots=True)
class Border:
    """A line along the grid from one node to the next, with the cells on both sides of each step.

    ``left`` and ``right`` are flat numbers of cells, seen along the line, y growing downward.
    """

    start: int
    end: int
    points: Points
    left: Ints
    right: Ints

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins."""
        return self.start == self.end


def borders(
    kinds: NDArray[Any], beside: Marks | None = None, below: Marks | None = None
) -> list[Border]:
    """All lines between unlike cells; ``beside`` and ``below`` add steps within a kind.

    Those are after each cell but a row's last, and under each cell but a column's last. Every
    point where other than two steps meet is a node.
    """
    w = kinds.shape[1]
    upright = kinds[:, 1:] != kinds[:, :-1]
    level = kinds[1:] != kinds[:-1]
    if beside is not None and below is not None:
        upright, level = upright | beside, level | below
    row = w + 1
    i, j = np.nonzero(upright)
    down = (i * row + j + 1, (i + 1) * row + j + 1, i * w + j + 1, i * w + j)
    i, j = np.nonzero(level)
    along = ((i + 1) * row + j, (i + 1) * row + j + 1, i * w + j, (i + 1) * w + j)
    p, q, left, right = (np.concatenate(pair) for pair in zip(down, along, strict=True))
    found = []
    for nodes, steps, ahead in _walks(p.tolist(), q.tolist()):
        at = np.array(nodes)
        edge, fwd = np.array(steps), np.array(ahead)
        points = np.stack([at % row, at // row], axis=1).astype(float)
        sides = np.where(fwd, left[edge], right[edge]), np.where(fwd, right[edge], left[edge])
        found.append(Border(nodes[0], nodes[-1], points, *sides))
    return found


def _walks(p: list[int], q: list[int]) -> list[tuple[list[int], list[int], list[bool]]]:
    """The steps strung together from node to node, then the rings without a node."""
    meets: dict[int, list[int]] = {}
    for step, (a, z) in enumerate(zip(p, q, strict=True)):
        meets.setdefault(a, []).append(step)
        meets.setdefault(z, []).append(step)
    used = bytearray(len(p))

    def walk(step: int, at: int) -> tuple[list[int], list[int], list[bool]]:
        nodes, steps, ahead = [at], [], []
        while True:
            used[step] = 1
            fwd = p[step] == at
            at = q[step] if fwd else p[step]
            nodes.append(at)
            steps.append(step)
            ahead.append(fwd)
            here = meets[at]
            if len(here) != 2:
                break
            step = here[0] if here[1] == step else here[1]
            if used[step]:
                break
        return nodes, steps, ahead

    found = []
    for node in sorted(n for n, steps in meets.items() if len(steps) != 2):
        found += [walk(step, node) for step in meets[node] if not used[step]]
    found += [walk(step, p[step]) for step in range(len(p)) if not used[step]]
    return found


def cleaned(kinds: NDArray[Any], reach: int = 3, share: float = 0.27) -> NDArray[Any]:
    """Without specks and hairs: a cell that is odd in its square takes the kind of its neighbours.

    A cell is odd where less than ``share`` of the square around it is of its kind.
    """
    padded = np.pad(kinds, reach, mode="edge")
    i, j = np.nonzero(_near_borders(kinds, reach))
    own = kinds[i, j]
    span = range(2 * reach + 1)
    around = np.stack([padded[i + di, j + dj] for di in span for dj in span])
    odd = (around == own).sum(axis=0) < share * len(around)
    around = np.sort(around[:, odd], axis=0)
    out = kinds.copy()
    if around.shape[1]:
        other = around != own[odd]
        runs = np.zeros(around.shape, np.int16)
        for row in range(len(around)):
            before = runs[row - 1] + 1 if row else 1
            same = around[row] == around[row - 1] if row else False
            runs[row] = np.where(same, before, 1) * other[row]
        out[i[odd], j[odd]] = around[runs.argmax(axis=0), np.arange(around.shape[1])]
    return out


def _near_borders(kinds: NDArray[Any], reach: int) -> Marks:
    """Cells at most so far from one of another kind."""
    near = np.zeros(kinds.shape, bool)
    upright, level = kinds[:, 1:] != kinds[:, :-1], kinds[1:] != kinds[:-1]
    near[:, 1:] |= upright
    near[:, :-1] |= upright
    near[1:] |= level
    near[:-1] |= level
    for _ in range(reach - 1):
        wider = near.copy()
        wider[:, 1:] |= near[:, :-1]
        wider[:, :-1] |= near[:, 1:]
        wider[1:] |= near[:-1]
        wider[:-1] |= near[1:]
        near = wider
    return near


def rings(mask: Marks) -> list[Points]:
    """The outlines of a mask, each closed: one way round what is in it, the other round holes."""
    padded = np.pad(mask, 1)
    for _ in range(3):
        a, b, c, d = padded[:-1, :-1], padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
        falling, rising = a & d & ~b & ~c, b & c & ~a & ~d
        if not (falling.any() or rising.any()):
            break
        b |= falling
        a |= rising
    flat = padded.ravel()
    found = []
    for border in borders(padded.astype(np.int8)):
        if border.closed:
            points = border.points - 1
            found.append(points if flat[border.right[0]] else points[::-1])
    return found


def linked(rows: list[tuple[int, int, Points]]) -> list[Points]:
    """Pieces of outlines, each going round its region, linked end to end into rings."""
    starts: dict[int, list[int]] = {}
    for number, (start, _, _) in enumerate(rows):
        starts.setdefault(start, []).append(number)
    used: set[int] = set()
    found = []
    for number, (start, end, points) in enumerate(rows):
        if number in used:
            continue
        used.add(number)
        ring, at = [points], end
        while at != start:
            ahead = [k for k in starts.get(at, []) if k not in used]
            if not ahead:
                break
            used.add(ahead[0])
            ring.append(rows[ahead[0]][2])
            at = rows[ahead[0]][1]
        found.append(np.vstack(ring))
    return found


def joined(rows: list[tuple[int, int, Points]]) -> list[tuple[Points, bool]]:
    """Lines that go straight on in one another, made one; and whether each is a ring."""
    mates = _mates(rows)
    done: set[int] = set()
    found: list[tuple[Points, bool]] = []
    order = sorted(range(len(rows)), key=lambda n: ((n, 0) in mates) + ((n, 1) in mates))
    for number in order:
        if number in done:
            continue
        if rows[number][0] == rows[number][1]:
            done.add(number)
            found.append((rows[number][2], True))
            continue
        at: tuple[int, int] | None = (number, 0 if (number, 0) not in mates else 1)
        pieces: list[Points] = []
        while at is not None and at[0] not in done:
            done.add(at[0])
            points = rows[at[0]][2] if at[1] == 0 else rows[at[0]][2][::-1]
            pieces.append(points[1:] if pieces else points)
            at = mates.get((at[0], 1 - at[1]))
        found.append((np.vstack(pieces), False))
    return found


def _mates(rows: list[tuple[int, int, Points]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Which end of a line goes on in which end of another."""
    ends: dict[int, list[tuple[int, int, Points]]] = {}
    for number, (start, end, points) in enumerate(rows):
        if start == end:
            continue
        m = min(8, len(points) - 1)
        for which, node, way in (
            (0, start, points[m] - points[0]),
            (1, end, points[-1 - m] - points[-1]),
        ):
            ends.setdefault(node, []).append((number, which, way / (np.hypot(*way) + 1e-9)))
    mates = {}
    for node in sorted(ends):
        here = ends[node]
        pairs = [(float(here[x][2] @ here[y][2]), x, y) for x in range(len(here)) for y in range(x)]
        used: set[int] = set()
        for straight, x, y in sorted(pairs):
            if straight > -0.72 or x in used or y in used or here[x][0] == here[y][0]:
                continue
            used |= {x, y}
            one, two = here[x][:2], here[y][:2]
            mates[one], mates[two] = two, one
    return mates
