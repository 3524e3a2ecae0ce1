"""Places of neck and arm are known beside those of back and leg.

Not in one transaction: logs are looked at while others read and write them.
"""

from django.conf import settings
from django.db import migrations, models

from clinic.wall.checks import ChangeCheck


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("patients", "0020_answers_say_when"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        ChangeCheck(
            "case",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "baseline_left__in",
                        [
                            "",
                            "none",
                            "back_middle",
                            "back_side",
                            "buttock",
                            "thigh",
                            "lower_leg",
                            "foot",
                            "neck_middle",
                            "neck_side",
                            "shoulder_blade",
                            "upper_arm",
                            "forearm",
                            "hand",
                        ],
                    ),
                    (
                        "baseline_right__in",
                        [
                            "",
                            "none",
                            "back_middle",
                            "back_side",
                            "buttock",
                            "thigh",
                            "lower_leg",
                            "foot",
                            "neck_middle",
                            "neck_side",
                            "shoulder_blade",
                            "upper_arm",
                            "forearm",
                            "hand",
                        ],
                    ),
                ),
                name="case_locations_known",
            ),
        ),
        ChangeCheck(
            "case",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "baseline_walking_left__in",
                        [
                            "",
                            "none",
                            "back_middle",
                            "back_side",
                            "buttock",
                            "thigh",
                            "lower_leg",
                            "foot",
                            "neck_middle",
                            "neck_side",
                            "shoulder_blade",
                            "upper_arm",
                            "forearm",
                            "hand",
                        ],
                    ),
                    (
                        "baseline_walking_right__in",
                        [
                            "",
                            "none",
                            "back_middle",
                            "back_side",
                            "buttock",
                            "thigh",
                            "lower_leg",
                            "foot",
                            "neck_middle",
                            "neck_side",
                            "shoulder_blade",
                            "upper_arm",
                            "forearm",
                            "hand",
                        ],
                    ),
                ),
                name="case_walking_known",
            ),
        ),
        ChangeCheck(
            "symptomlog",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left", ""), ("regions__isnull", True), ("right", "")),
                    models.Q(
                        (
                            "left__in",
                            [
                                "none",
                                "back_middle",
                                "back_side",
                                "buttock",
                                "thigh",
                                "lower_leg",
                                "foot",
                                "neck_middle",
                                "neck_side",
                                "shoulder_blade",
                                "upper_arm",
                                "forearm",
                                "hand",
                            ],
                        ),
                        ("regions__isnull", False),
                        (
                            "right__in",
                            [
                                "none",
                                "back_middle",
                                "back_side",
                                "buttock",
                                "thigh",
                                "lower_leg",
                                "foot",
                                "neck_middle",
                                "neck_side",
                                "shoulder_blade",
                                "upper_arm",
                                "forearm",
                                "hand",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="symptom_locations_known",
            ),
        ),
    ]
