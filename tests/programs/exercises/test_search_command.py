"""``manage.py search_exercises``: what the builder's search finds, one JSON line a query."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse


def lines(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    call_command("search_exercises", *arguments)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_line_a_query_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    told = lines("dead bug", "hamstirng", "trampoline", capsys=capsys)
    assert [(row["query"], row["corrected"], row["results"][:1]) for row in told] == [
        ("dead bug", None, ["dead-bug"]),
        ("hamstirng", "hamstring", ["supine-hamstring-stretch"]),
        ("trampoline", None, []),
    ]
    assert [list(row) for row in told] == [["query", "corrected", "results", "near"]] * 3


def test_it_says_what_the_page_says(
    alice_client: Client, shipped_catalogue: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for query in ("hip hurts in bed", "gout big toe", "bridge"):
        told = lines(query, capsys=capsys)[0]
        page = alice_client.get(reverse("catalogue"), {"q": query})
        assert told["corrected"] == (page.context["corrected"] or None)
        assert told["near"] == [*page.context["near"]]
    assert told["near"] == []


def test_a_dash_reads_a_query_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO("child’s pose\n\n  ice \n".encode()))
    monkeypatch.setattr("sys.stdin", typed)
    told = lines("-", capsys=capsys)
    assert [(row["query"], row["results"][0]) for row in told] == [
        ("child’s pose", "childs-pose"),
        ("ice", "cold-pack"),
    ]


def test_a_case_orders_by_verdict_within_a_match_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With brittle bones a curl-up is not for the patient, and still first under its name."""
    case = tmp_path / "case.json"
    case.write_text('{"findings": {"osteoporosis": "yes"}}')
    by_name = lines("--case", str(case), "curl up", capsys=capsys)[0]["results"]
    assert by_name[0] == "curl-up"
    plain = lines("stenosis", capsys=capsys)[0]["results"]
    judged = lines("--case", str(case), "stenosis", capsys=capsys)[0]["results"]
    assert sorted(plain) == sorted(judged)
    bent = judged.index("standing-back-flexion")
    assert bent > judged.index("stationary-cycling") > -1
    assert plain != judged


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "No such file or directory"),
        ("{", "search_exercises: "),
        ('{"findings": {"flu": "yes"}}', "flu"),
    ],
)
def test_a_case_that_cannot_be_read_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, words: str
) -> None:
    case = tmp_path / "case.json"
    if text is not None:
        case.write_text(text)
    with pytest.raises(SystemExit) as ended:
        call_command("search_exercises", "--case", str(case), "walking")
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert words in told.err
