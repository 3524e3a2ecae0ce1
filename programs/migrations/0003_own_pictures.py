"""Pictures of a practice's own, and slugs that keep own exercises apart from built-in ones."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORBID = """
CREATE FUNCTION programs_picture_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a picture is retired, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.content, NEW.content_type, NEW.width, NEW.height,
                             NEW.practice_id, NEW.exercise_id)
        IS DISTINCT FROM (OLD.content, OLD.content_type, OLD.width, OLD.height,
                          OLD.practice_id, OLD.exercise_id) THEN
        RAISE EXCEPTION 'a picture is replaced by another, never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM programs_exercise e WHERE e.id = NEW.exercise_id
            AND (e.practice_id IS NULL OR e.practice_id = NEW.practice_id)) THEN
        RAISE EXCEPTION 'the exercise is of another practice' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER picture_stays BEFORE INSERT OR UPDATE OR DELETE ON programs_exercisepicture
    FOR EACH ROW EXECUTE FUNCTION programs_picture_stays();
"""
ALLOW = """
DROP TRIGGER picture_stays ON programs_exercisepicture;
DROP FUNCTION programs_picture_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_password_mail_at"),
        ("programs", "0002_issued_is_final"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExercisePicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("content", models.BinaryField()),
                (
                    "content_type",
                    models.CharField(
                        choices=[("image/jpeg", "image/jpeg"), ("image/png", "image/png")],
                        max_length=20,
                    ),
                ),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("alt", models.CharField(max_length=300)),
                ("caption", models.CharField(blank=True, max_length=80)),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("", "No side"), ("left", "Left"), ("right", "Right")],
                        max_length=5,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("position", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("practice", None), models.Q(("slug__startswith", "own-"), _negated=True)
                    ),
                    models.Q(("practice__isnull", False), ("slug__startswith", "own-")),
                    _connector="OR",
                ),
                name="exercise_own_slug_apart",
            ),
        ),
        migrations.AddField(
            model_name="exercisepicture",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="exercisepicture",
            name="exercise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pictures",
                to="programs.exercise",
            ),
        ),
        migrations.AddField(
            model_name="exercisepicture",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exercise_pictures",
                to="clinic.practice",
            ),
        ),
        migrations.AddField(
            model_name="exercisepicture",
            name="retired_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="exercisepicture",
            index=models.Index(
                condition=models.Q(("retired_at", None)),
                fields=["practice", "exercise"],
                name="pictures_in_use",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercisepicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_type__in", ("image/jpeg", "image/png"))),
                name="picture_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercisepicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["", "left", "right"])), name="picture_side_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="exercisepicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("alt", ""), _negated=True), name="picture_has_words"
            ),
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
