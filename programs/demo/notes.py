"""What the demo's clinicians wrote at their visits."""

from __future__ import annotations

from typing import Final

from programs.demo.plan import PlannedVisit

COLINS_VISITS: Final = (
    PlannedVisit(
        days_ago=17,
        by="bob",
        subjective="Low back pain on and off for two years. Worst after an hour at the desk.",
        objective="Bends to mid-shin, stiff on the way up. Strength and feeling in the legs "
        "are normal.",
        assessment="Long-standing back pain without signs from a nerve. He moves with care.",
        plan="Two exercises a day. A short walk after each hour of sitting.",
        measures={"pain": 6, "chair_stands": 10, "walking_minutes": 20},
    ),
    PlannedVisit(
        days_ago=10,
        by="bob",
        subjective="Stiff in the mornings. Did the exercises on two days.",
        objective="Bends to the ankles.",
        assessment="Moves more freely. Time is what is short.",
        plan="The same program, tied to his coffee break.",
        measures={"pain": 5, "chair_stands": 11},
        added="He rang: he would like to dig in the garden again. We score it as a goal next time.",
    ),
    PlannedVisit(
        days_ago=3,
        by="bob",
        subjective="Sat through a film, with one break.",
        objective="Bends to the floor.",
        assessment="Pain is down by two points since the first visit.",
        plan="Go on, and look again in four weeks.",
        measures={"pain": 4, "chair_stands": 13, "walking_minutes": 35},
    ),
)
