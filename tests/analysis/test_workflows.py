"""What runs elsewhere: the workflows name what there is, ask for no more than they need, and a publication comes to its end."""

import re

import pytest
import yaml
from paths import TOP

FOLDER = TOP / ".github/workflows"
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yml")
}
JOBS = [(name, job) for name, flow in WORKFLOWS.items() for job in flow["jobs"]]
PUBLISH, WEEKLY = WORKFLOWS["publish"], WORKFLOWS["weekly"]
ON = True  # YAML 1.1 takes the key `on` for a truth


def rows(job):
    """What a job runs on: every combination of its matrix."""
    matrix = job["strategy"]["matrix"]
    return {
        (system, python)
        for system in matrix.get("os", [job["runs-on"]])
        for python in matrix["python"]
    }


def test_two_pythons_are_tested_on_linux_windows_and_macos():
    test, elsewhere = PUBLISH["jobs"]["test"], PUBLISH["jobs"]["elsewhere"]
    assert {python for _, python in rows(test)} == {"3.11", "3.13"}
    assert test["runs-on"].startswith("ubuntu") and test["container"].startswith(
        "python:${{ matrix.python }}"
    )
    assert [step["run"] for step in test["steps"] if "run" in step] == [".ci/run"]
    systems = {system.partition("-")[0] for system, _ in rows(elsewhere)}
    assert systems == {"windows", "macos"} and {p for _, p in rows(elsewhere)} == {"3.11", "3.13"}
    assert elsewhere["steps"][-1]["run"] == "python -m pytest tests/analysis"


def test_a_publication_waits_for_every_test_and_is_never_cancelled():
    publish = PUBLISH["jobs"]["publish"]
    assert set(publish["needs"]) == set(PUBLISH["jobs"]) - {"publish"}
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert "refs/heads/main" in publish["if"] and "pull_request" in publish["if"]
    # a newer push to main waits, and does not end the run that may be publishing
    assert PUBLISH["concurrency"]["cancel-in-progress"] == "${{ github.ref != 'refs/heads/main' }}"


@pytest.mark.parametrize("name, job", JOBS)
def test_a_job_ends_and_may_only_do_what_it_needs(name, job):
    flow, told = WORKFLOWS[name], WORKFLOWS[name]["jobs"][job]
    assert flow["permissions"] == {"contents": "read"}
    more = {"pages": "write", "id-token": "write"} if job == "publish" else None
    assert told.get("permissions") == more
    assert set(told.get("needs", [])) <= set(flow["jobs"])
    assert 0 < told["timeout-minutes"] <= 360
    for step in told["steps"]:
        if "uses" in step:  # by its content, not by a name that may move
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"])
            assert not step["uses"].startswith("actions/checkout") or step["with"] == {
                "persist-credentials": False
            }


def test_every_week_links_changes_and_faults_are_tried():
    assert [set(entry) for entry in WEEKLY[ON]["schedule"]] == [{"cron"}]
    checks = {
        target.split()[0] for target in WEEKLY["jobs"]["weekly"]["strategy"]["matrix"]["check"]
    }
    assert checks == {"links", "mutants", "fuzz"}
    targets = set(re.findall(r"^(\w+):.*##", (TOP / "Makefile").read_text(encoding="utf-8"), re.M))
    assert checks <= targets
    assert WEEKLY["jobs"]["weekly"]["steps"][-1]["run"] == "make ${{ matrix.check }}"


def test_what_the_project_needs_is_watched():
    watched = yaml.safe_load((TOP / ".github/dependabot.yml").read_text(encoding="utf-8"))
    found = {(one["package-ecosystem"], one["directory"]) for one in watched["updates"]}
    assert found == {("pip", "/"), ("npm", "/tests"), ("github-actions", "/")}
    assert all(one["schedule"]["interval"] == "weekly" for one in watched["updates"])
