"""The words of a case: conditions, findings, surgeries, red flags, places and sides.

Pure data, shared by the case, the rules, the safety screen and the printed pages. Codes are stable
and are never shown to anybody: every code has a label in plain words. Screen questions are written
for the patient, at a reading grade of 6 or below.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Side(StrEnum):
    """Where a condition sits."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    CENTRAL = "central"
    UNSPECIFIED = "unspecified"


class Answer(StrEnum):
    """An answer on the safety screen; not asked is ``unknown``, which is never read as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Preference(StrEnum):
    """Directional preference: the movement direction that lastingly eases the symptoms."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    NONE = "none"
    UNTESTED = "untested"


class Irritability(StrEnum):
    """How easily symptoms are provoked and how slowly they settle."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    UNKNOWN = "unknown"


class Approach(StrEnum):
    """Surgical approach of a hip replacement; it decides which movements are restricted."""

    POSTERIOR = "posterior"
    ANTERIOR = "anterior"
    LATERAL = "lateral"
    UNKNOWN = "unknown"


class Route(StrEnum):
    """How fast a red flag needs a medical answer."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    REFER = "refer"


STOPPING_ROUTES: Final = frozenset({Route.EMERGENCY, Route.SAME_DAY})

SIDE_LABELS: Final = MappingProxyType(
    {
        Side.LEFT: "Left",
        Side.RIGHT: "Right",
        Side.BILATERAL: "Both sides",
        Side.CENTRAL: "Central",
        Side.UNSPECIFIED: "Side not recorded",
    }
)

PREFERENCE_LABELS: Final = MappingProxyType(
    {
        Preference.FLEXION: "Bending forward (flexion)",
        Preference.EXTENSION: "Bending backward (extension)",
        Preference.NONE: "Tested, no preference found",
        Preference.UNTESTED: "Not tested",
    }
)

IRRITABILITY_LABELS: Final = MappingProxyType(
    {
        Irritability.LOW: "Low: settles within 15 minutes",
        Irritability.MODERATE: "Moderate: settles within an hour",
        Irritability.HIGH: "High: starts easily, settles slowly or wakes at night",
        Irritability.UNKNOWN: "Not assessed",
    }
)

APPROACH_LABELS: Final = MappingProxyType(
    {
        Approach.POSTERIOR: "Through the back (posterior)",
        Approach.ANTERIOR: "Through the front (anterior)",
        Approach.LATERAL: "From the side (lateral)",
        Approach.UNKNOWN: "Not known",
    }
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A diagnosis or clinical picture a case can carry.

    ``needs_side``: the rules depend on the side, so a form asks for left, right or both.
    """

    code: str
    label: str
    needs_side: bool = False


CONDITIONS: Final = MappingProxyType(
    {
        c.code: c
        for c in (
            Condition("lumbar_foraminal_stenosis", "Lumbar foraminal stenosis", needs_side=True),
            Condition("lumbar_canal_stenosis", "Lumbar canal stenosis"),
            Condition("neurogenic_claudication", "Neurogenic claudication"),
            Condition("lumbar_radiculopathy", "Lumbar radiculopathy", needs_side=True),
            Condition("sciatica", "Sciatica", needs_side=True),
            Condition("disc_herniation_acute", "Acute disc herniation"),
            Condition("disc_degeneration", "Disc degeneration"),
            Condition("facet_joint_pain", "Facet joint pain"),
            Condition("spondylolisthesis", "Spondylolisthesis"),
            Condition("lumbar_scoliosis", "Lumbar scoliosis"),
            Condition("hyperlordosis", "Hyperlordosis"),
            Condition("anterior_pelvic_tilt", "Anterior pelvic tilt posture"),
            Condition("lateral_pelvic_tilt", "Lateral pelvic tilt posture"),
            Condition("nonspecific_low_back_pain_acute", "Non-specific low back pain, acute"),
            Condition("nonspecific_low_back_pain_chronic", "Non-specific low back pain, chronic"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A health fact the safety screen asks about.

    ``question`` is put to the patient; ``label`` is the clinician's short name.
    """

    code: str
    label: str
    question: str
    group: str


FINDING_GROUPS: Final = MappingProxyType(
    {
        "bones": "Bones and joints",
        "heart": "Heart, blood and circulation",
        "eyes_belly": "Eyes, stomach and belly",
        "skin": "Skin and feeling",
        "balance": "Balance",
        "medicines": "Medicines",
    }
)

FINDINGS: Final = MappingProxyType(
    {
        f.code: f
        for f in (
            Finding(
                "osteoporosis",
                "Osteoporosis",
                "Have you been told that your bones are thin or weak?",
                "bones",
            ),
            Finding(
                "vertebral_fracture",
                "Vertebral fracture, not healed",
                "Do you have a broken bone in your spine that has not healed?",
                "bones",
            ),
            Finding(
                "knee_problem",
                "Knee problem",
                "Is it hard for you to kneel or to bend a knee fully?",
                "bones",
            ),
            Finding(
                "arm_problem",
                "Arm, shoulder, elbow or wrist problem",
                "Do you have a problem with a shoulder, elbow, wrist or hand?",
                "bones",
            ),
            Finding(
                "neck_problem", "Neck problem", "Do you have a problem with your neck?", "bones"
            ),
            Finding(
                "hypertension_controlled",
                "High blood pressure, controlled",
                "Do you have high blood pressure that is under control?",
                "heart",
            ),
            Finding(
                "hypertension_uncontrolled",
                "High blood pressure, not controlled (above 180/110)",
                "Is your blood pressure still very high, above 180 over 110?",
                "heart",
            ),
            Finding(
                "aortic_aneurysm",
                "Aortic aneurysm, known or suspected",
                "Have you been told that the main blood vessel in your belly is too wide?",
                "heart",
            ),
            Finding(
                "dvt_suspected",
                "Suspected deep vein thrombosis",
                "Is one leg newly swollen, warm, red or sore, as with a blood clot?",
                "heart",
            ),
            Finding(
                "anticoagulant",
                "Takes a blood thinner",
                "Do you take medicine that thins your blood?",
                "heart",
            ),
            Finding(
                "bleeding_disorder",
                "Bleeding disorder",
                "Do you bleed or bruise far more easily than other people?",
                "heart",
            ),
            Finding(
                "glaucoma",
                "Glaucoma or raised eye pressure",
                "Do you have glaucoma or high pressure in an eye?",
                "eyes_belly",
            ),
            Finding(
                "reflux_or_hiatal_hernia",
                "Reflux or hiatal hernia",
                "Does stomach acid often come up, or do you have a hiatal hernia?",
                "eyes_belly",
            ),
            Finding(
                "abdominal_hernia",
                "Abdominal hernia",
                "Do you have a hernia in your belly wall or groin?",
                "eyes_belly",
            ),
            Finding(
                "open_wound_low_back",
                "Open wound on the low back",
                "Is the skin broken or sore on your low back?",
                "skin",
            ),
            Finding(
                "peripheral_neuropathy",
                "Peripheral neuropathy",
                "Do you have nerve damage that makes your feet or skin numb?",
                "skin",
            ),
            Finding(
                "cold_sensitivity",
                "Cold sensitivity",
                "Does cold hurt you, turn your fingers white or give you a rash?",
                "skin",
            ),
            Finding(
                "vertigo",
                "Vertigo",
                "Does the room spin when you move your head or get up?",
                "balance",
            ),
            Finding(
                "falls_risk",
                "Risk of falls",
                "Have you fallen in the past year, or do you feel unsteady?",
                "balance",
            ),
            Finding(
                "nsaid_risk",
                "Risk with anti-inflammatory medicine",
                "Have you had an ulcer, kidney or heart disease, or asthma from pain tablets?",
                "medicines",
            ),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Surgery:
    """An operation whose date decides for how long some movements are restricted."""

    code: str
    label: str
    sided: bool = False
    has_approach: bool = False


SURGERIES: Final = MappingProxyType(
    {
        s.code: s
        for s in (
            Surgery("lumbar_fusion", "Lumbar fusion"),
            Surgery("lumbar_discectomy", "Lumbar discectomy"),
            Surgery("hip_replacement", "Hip replacement", sided=True, has_approach=True),
            Surgery("knee_replacement", "Knee replacement", sided=True),
            Surgery("pacemaker", "Pacemaker or implanted defibrillator"),
            Surgery("abdominal_surgery", "Abdominal surgery"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that needs a medical answer before, or instead of, exercise."""

    code: str
    label: str
    question: str
    route: Route
    group: str

    @property
    def stops(self) -> bool:
        """Answered yes, it stops prescribing until a named clinician clears it."""
        return self.route in STOPPING_ROUTES


RED_FLAG_GROUPS: Final = MappingProxyType(
    {
        "cauda_equina": "Bladder, bowel and saddle area",
        "nerve": "Strength in the legs",
        "injury": "Injury",
        "illness": "Cancer and infection",
        "vessels": "Heart, chest and blood vessels",
        "other": "Other signs",
    }
)

RED_FLAGS: Final = MappingProxyType(
    {
        r.code: r
        for r in (
            RedFlag(
                "rf_cauda_equina_bladder",
                "Bladder change",
                "Is it newly hard to pass urine, to hold it, or to feel it?",
                Route.EMERGENCY,
                "cauda_equina",
            ),
            RedFlag(
                "rf_cauda_equina_bowel",
                "Bowel change",
                "Have you newly lost control or feeling of your bowels?",
                Route.EMERGENCY,
                "cauda_equina",
            ),
            RedFlag(
                "rf_saddle_numbness",
                "Saddle numbness",
                "Is it newly numb between your legs or around your back passage?",
                Route.EMERGENCY,
                "cauda_equina",
            ),
            RedFlag(
                "rf_sexual_change",
                "New change in sexual function",
                "Have you newly lost feeling or function during sex?",
                Route.EMERGENCY,
                "cauda_equina",
            ),
            RedFlag(
                "rf_bilateral_leg_new",
                "New pain, numbness or weakness in both legs",
                "Do you newly have pain, numbness or weakness in both legs?",
                Route.EMERGENCY,
                "cauda_equina",
            ),
            RedFlag(
                "rf_progressive_weakness",
                "Leg weakness that gets worse",
                "Is a leg getting weaker, or is numbness spreading?",
                Route.SAME_DAY,
                "nerve",
            ),
            RedFlag(
                "rf_foot_drop",
                "Foot drop",
                "Does a foot drag or slap when you walk?",
                Route.SAME_DAY,
                "nerve",
            ),
            RedFlag(
                "rf_major_trauma",
                "Major injury",
                "Did this start with a bad fall, a crash or a hard blow?",
                Route.EMERGENCY,
                "injury",
            ),
            RedFlag(
                "rf_minor_trauma_osteoporosis",
                "Small injury with weak bones",
                "Do you have weak bones, and did pain start with a small fall or a lift?",
                Route.SAME_DAY,
                "injury",
            ),
            RedFlag(
                "rf_cancer_history",
                "History of cancer",
                "Have you ever had cancer?",
                Route.SOON,
                "illness",
            ),
            RedFlag(
                "rf_weight_loss",
                "Unexplained weight loss",
                "Have you lost weight without trying?",
                Route.SOON,
                "illness",
            ),
            RedFlag(
                "rf_night_pain_unrelenting",
                "Night pain that does not ease",
                "Is the pain there all night, in every position?",
                Route.SOON,
                "illness",
            ),
            RedFlag(
                "rf_fever_infection",
                "Fever or recent infection",
                "Do you have a fever or chills, or did you just have an infection?",
                Route.SAME_DAY,
                "illness",
            ),
            RedFlag(
                "rf_immunosuppression_iv_drug",
                "Weak immune system or injected drugs",
                "Is your immune system weak, or do you inject drugs?",
                Route.SAME_DAY,
                "illness",
            ),
            RedFlag(
                "rf_aaa_pattern",
                "Deep pain with a pulse in the belly",
                "Do you have deep back or belly pain with a strong pulse, or do you feel faint?",
                Route.EMERGENCY,
                "vessels",
            ),
            RedFlag(
                "rf_dvt_pattern",
                "Signs of a blood clot in a leg",
                "Is one calf or leg newly swollen, warm, red or sore?",
                Route.SAME_DAY,
                "vessels",
            ),
            RedFlag(
                "rf_chest_pain_breathless",
                "Chest pain, breathlessness or fainting",
                "Do you have chest pain, are you short of breath at rest, or have you fainted?",
                Route.EMERGENCY,
                "vessels",
            ),
            RedFlag(
                "rf_pregnancy_warning",
                "Warning sign in pregnancy",
                "Are you pregnant with bleeding, fluid loss, cramps, or a baby that moves less?",
                Route.SAME_DAY,
                "other",
            ),
            RedFlag(
                "rf_cervical_vascular_or_myelopathy",
                "Neck artery or spinal cord signs",
                "Do you have sudden dizzy spells, double vision, slurred speech or clumsy hands?",
                Route.EMERGENCY,
                "other",
            ),
            RedFlag(
                "rf_inflammatory_pattern",
                "Inflammatory back pain pattern",
                "Does your back wake you late at night and ease when you move about?",
                Route.REFER,
                "other",
            ),
        )
    }
)

EQUIPMENT: Final = MappingProxyType(
    {
        "mat": "Mat",
        "chair": "Chair",
        "wall": "Wall",
        "wall_corner": "Wall corner",
        "bench": "Stable bench",
        "pillow": "Pillow",
        "towel": "Towel",
        "massage_ball": "Massage ball",
        "foam_roller": "Foam roller",
        "exercise_ball": "Exercise ball",
        "stationary_bike": "Stationary bike",
        "treadmill": "Treadmill with incline",
        "ice_pack": "Ice pack",
        "bed": "Bed",
        "counter": "Kitchen counter",
    }
)
HELPER: Final = "helper"
RESOURCES: Final = MappingProxyType({**EQUIPMENT, HELPER: "Someone to help"})

LOCATIONS: Final = MappingProxyType(
    {
        "none": "No symptoms",
        "back_middle": "Middle of the low back",
        "back_side": "Side of the low back",
        "buttock": "Buttock",
        "thigh": "Thigh",
        "lower_leg": "Lower leg",
        "foot": "Foot",
    }
)
"""Symptom locations from the spine outward; the order is the rank (0 none … 6 foot)."""

LOCATION_RANK: Final = MappingProxyType({code: rank for rank, code in enumerate(LOCATIONS)})

ROUTE_LABELS: Final = MappingProxyType(
    {
        Route.EMERGENCY: "Emergency now",
        Route.SAME_DAY: "Medical advice today",
        Route.SOON: "Medical review soon",
        Route.REFER: "Refer",
    }
)

FINDING_ROUTES: Final = MappingProxyType(
    {"dvt_suspected": Route.SAME_DAY, "hypertension_uncontrolled": Route.REFER}
)
"""Findings that need a medical answer as a red flag does, and how fast."""

STOPPING_CODES: Final = frozenset(
    [code for code, flag in RED_FLAGS.items() if flag.stops]
    + [code for code, route in FINDING_ROUTES.items() if route in STOPPING_ROUTES]
)
"""Red flags and findings that, answered yes, stop prescribing until they are cleared."""

ANSWER_LABELS: Final = MappingProxyType(
    {Answer.YES: "Yes", Answer.NO: "No", Answer.UNKNOWN: "Not asked"}
)


def route_of(code: str) -> Route | None:
    """How fast a yes to this red flag or finding needs a medical answer; None where it does not."""
    if code in RED_FLAGS:
        return RED_FLAGS[code].route
    return FINDING_ROUTES.get(code)


def answer_label(code: str) -> str:
    """The clinician's short name of a red flag or finding; KeyError for an unknown code."""
    return RED_FLAGS[code].label if code in RED_FLAGS else FINDINGS[code].label


def condition_text(code: str, side: str) -> str:
    """A condition as it is shown, like "Sciatica, left"; KeyError for an unknown code."""
    label = CONDITIONS[code].label
    if side == Side.UNSPECIFIED and not CONDITIONS[code].needs_side:
        return label
    return f"{label}, {SIDE_LABELS[Side(side)].lower()}"


def surgery_text(code: str, side: str = "", approach: str = "") -> str:
    """An operation as it is shown, like "Hip replacement, left, posterior approach"."""
    parts = [SURGERIES[code].label]
    if side:
        parts.append(SIDE_LABELS[Side(side)].lower())
    if approach:
        known = approach != Approach.UNKNOWN
        parts.append(f"{approach} approach" if known else "approach not known")
    return ", ".join(parts)


MAX_WEEKS_AGO: Final = 5200
"""Upper bound for weeks since an operation: a hundred years."""
MAX_PREGNANCY_WEEKS: Final = 44
MAX_AGE: Final = 125
