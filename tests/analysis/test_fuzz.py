"""A few hundred of the generated faults of `make fuzz`."""

from fuzz import failures


def test_whatever_is_read_the_answer_is_a_result_or_the_project_s_own_short_lines(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert list(failures(400, 1, tmp_path)) == []


def test_what_is_no_answer_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def fails(text):
        raise KeyError(text)

    monkeypatch.setattr("fuzz.Reading.parse", fails)
    found = list(failures(50, 1, tmp_path))
    assert found and all("KeyError" in failure for failure in found)
