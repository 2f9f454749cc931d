"""The verbs over definitions: check, explain, build, try, test, clone, new."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import REPAIR, Shell, run


def spoil(place: Path, old: str, new: str, file: str = "templates/repair.yaml") -> None:
    """Break a definition in one place."""
    path = place / file
    assert path.read_text("utf-8").count(old) == 1
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


class TestCheck:
    def test_a_sound_workspace_is_said_to_be_one(self, shell: Shell) -> None:
        checked = shell("check", "--strict")
        assert (checked.code, checked.out) == (0, "Nothing found (4 files).\n")
        assert shell("check", "--format", "json").json == []
        assert shell("check", "--format", "github").out == ""

    def test_two_mistakes_in_two_files_are_found_in_one_run(self, shell: Shell, place: Path) -> None:
        spoil(place, "price > 100", "pric > 100")
        spoil(place, "type: integer, label: 天数", "type: intger, label: 天数", "templates/rental.yaml")
        checked = shell("check", "--format", "json")
        assert checked.code == 1
        keys = {"code", "severity", "message", "file", "line", "column", "help", "related", "witness"}
        assert all(set(one) == keys for one in checked.json)
        places = [(Path(one["file"]).name, one["line"], one["column"]) for one in checked.json]
        assert ("repair.yaml", 13, 14) in places
        assert ("rental.yaml", 5, 16) in places

    def test_text_shows_the_line_the_caret_and_the_way_out(self, shell: Shell, place: Path) -> None:
        spoil(place, "bike: {type: text, label: {zh: 车型, en: Bike}", "bike: {label: {zh: 车型, en: Bike}, type: txt")
        text = shell(
            "check", "templates/repair.yaml" if Path.cwd() == place else str(place / "templates/repair.yaml")
        ).out
        lines = text.splitlines()
        place_ = re.match(r".*repair\.yaml:5:(\d+): error: .* \[[\w-]+\]$", lines[0])
        assert place_, lines
        column = int(place_[1])
        assert lines[1].split(" | ", 1)[1][column - 1 :].startswith("txt")
        assert lines[2].endswith("^")
        wide = sum(2 if "\u4e00" <= sign <= "\u9fff" else 1 for sign in lines[1][: len("    5 | ") + column - 1])
        assert lines[2].index("^") == wide  # two wide characters stand before it
        assert lines[3].startswith("  → ")

    def test_github_marks_the_line(self, shell: Shell, place: Path) -> None:
        spoil(place, "price > 100", "pric > 100")
        checked = shell("check", "--format", "github")
        assert checked.code == 1
        assert re.match(r"::error file=.*repair\.yaml,line=13,col=14,title=[\w-]+::", checked.out)
        assert checked.out.count("\n") == len(shell("check", "--format", "json").json)

    def test_strict_fails_on_warnings_too(self, shell: Shell, place: Path) -> None:
        (place / "templates" / "Old Form.yml").write_text(REPAIR, "utf-8")
        assert [one["severity"] for one in shell("check", "--format", "json").json] == ["warning"]
        assert (shell("check").code, shell("check", "--strict").code) == (0, 1)

    def test_paths_narrow_it_to_what_is_made_of_them(self, shell: Shell, place: Path) -> None:
        spoil(place, "price > 100", "pric > 100")
        assert shell("check", str(place / "templates/rental.yaml")).code == 0
        assert shell("check", str(place / "departments")).code == 1
        assert shell("check", str(place / "templates")).code == 1
        assert shell("check", str(place / "nothing.yaml")).code == 2
        assert shell("check", "templates/rental.yaml").code == 0
        assert shell("check", "templates/repair.yaml", "--fix").code == 0

    def test_the_language_is_the_flags_then_the_locales_then_the_workspaces(self, place: Path) -> None:
        at = ("-C", str(place), "check")
        assert run(*at).out.startswith("没有发现问题")
        assert run(*at, LANG="en_GB.UTF-8").out.startswith("Nothing found")
        assert run(*at, LANG="en_GB.UTF-8", LC_ALL="zh_CN").out.startswith("没有发现问题")
        assert run(*at, "--lang=en", LANG="zh_CN.UTF-8").out.startswith("Nothing found")
        assert run(*at, LANG="C.UTF-8").out.startswith("没有发现问题")
        spoil(place, "languages: [zh, en]", "languages: [en, zh]", "formwright.yaml")
        assert run(*at, LANG="fr_FR.UTF-8").out.startswith("Nothing found")


def test_the_workspace_is_found_upwards_named_by_flag_or_environment(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place / "departments" / "north")
    assert run("check").code == 0
    monkeypatch.chdir(place.parent)
    outside = run("check")
    assert (outside.code, outside.out) == (2, "")
    assert "formwright.yaml" in outside.err
    assert run("check", FORMWRIGHT_WORKSPACE=str(place)).code == 0
    assert run("check", "-C", str(place)).code == 0
    assert run("-C", str(place.parent), "check", FORMWRIGHT_WORKSPACE=str(place)).code == 2


class TestExplain:
    def test_layers_come_newest_first(self, shell: Shell) -> None:
        leaves = shell("explain", "repair@north", "bike.label.zh", "--format", "json").json
        (leaf,) = leaves
        assert (leaf["path"], leaf["value"]) == ("fields.bike.label.zh", "车辆")
        layers = [(layer["layer"], layer["value"], layer["line"], layer["column"]) for layer in leaf["layers"]]
        assert layers == [("north", "车辆", 6, 19), ("", "车型", 5, 34)]
        text = shell("explain", "repair@north", "bike.label.zh").out
        assert text.index("车辆") < text.index("north/repair.yaml:6:19") < text.index("templates/repair.yaml:5:34")

    def test_a_path_that_is_not_there_is_wrong_usage_with_the_nearest(self, shell: Shell) -> None:
        missed = shell("explain", "repair", "bikes.label")
        assert (missed.code, missed.out) == (2, "")
        assert "bike.label" in missed.err


class TestBuild:
    def test_each_artefact_goes_to_stdout(self, shell: Shell) -> None:
        assert shell("build", "repair", "--emit", "schema").json["properties"]["bike"]["title"] == "Bike"
        assert shell("build", "repair@north", "--emit", "schema").json["properties"]["bike"]["title"] == "Vehicle"
        assert shell("build", "repair", "--emit", "model").json["id"] == "repair"
        assert shell("build", "repair", "--emit", "mermaid").out.startswith("stateDiagram-v2\n")
        assert shell("build", "repair@north", "--emit", "openapi").json["info"]["title"] == "Repair order"
        assert shell("build", "repair", "--emit", "guide").out.startswith("# Repair order\n")

    def test_texts_are_in_the_language_of_the_flag(self, place: Path) -> None:
        for emit in ("openapi", "guide"):
            at = ("-C", str(place), "build", "repair", "--emit", emit)
            chinese, english = run(*at, "--lang", "zh"), run(*at, "--lang", "en")
            assert (chinese.code, english.code) == (0, 0)
            assert "车型" in chinese.out and "Bike" not in chinese.out
            assert "Bike" in english.out and "车型" not in english.out
            missed = run("-C", str(place), "build", "repair", "--emit", emit + "s", "--lang", "en")
            assert (missed.code, missed.out) == (2, "") and emit in missed.err

    def test_what_does_not_compile_is_not_built(self, shell: Shell, place: Path) -> None:
        spoil(place, "price > 100", "pric > 100")
        built = shell("build", "repair", "--emit", "model")
        assert (built.code, built.out) == (1, "")
        assert "repair.yaml:13:14" in built.err
        assert shell("build", "rental", "--emit", "model").code == 0

    def test_names_are_met_with_the_nearest(self, shell: Shell) -> None:
        for words, near in (
            (("build", "repiar", "--emit", "model"), "repair"),
            (("build", "repair@nroth", "--emit", "model"), "north"),
            (("build", "repair", "--emit", "modle"), "model"),
            (("biuld", "repair"), "build"),
            (("build", "repair", "--emti", "model"), "--emit"),
        ):
            missed = shell(*words)
            assert (missed.code, missed.out) == (2, ""), words
            assert near in missed.err, words


class TestTry:
    GIVEN = json.dumps({"bike": "凤凰", "price": "1,200.50"}, ensure_ascii=False)

    def test_a_record_is_judged_and_not_stored(self, shell: Shell, place: Path) -> None:
        tried = shell("try", "repair", "--data", "-", input=self.GIVEN)
        assert (tried.code, set(tried.json)) == (1, {"visible", "values", "errors", "tags", "open"})
        assert tried.json["visible"] == ["bike", "price", "cause", "kind"]
        assert tried.json["values"] == {"bike": "凤凰", "price": 1200.5}
        assert list(tried.json["errors"]) == ["cause"]
        assert tried.json["open"] == ["fix"]
        assert not (place / "data").exists()

    def test_a_sound_record_from_a_file_in_a_chosen_state(self, shell: Shell, tmp_path: Path) -> None:
        file = tmp_path / "record.json"
        file.write_text('{"bike": "凤凰", "north__dock": "３", "state": "taken"}', "utf-8")
        tried = shell("try", "repair@north", "--data", str(file))
        assert (tried.code, tried.json["errors"], tried.json["values"]) == (0, {}, {"bike": "凤凰", "north__dock": 3})

    @pytest.mark.parametrize("body", ["", "[]", '{"a": 1, "a": 2}', '{"a": NaN}', "bike: x"])
    def test_what_is_no_strict_json_is_wrong_usage(self, shell: Shell, body: str) -> None:
        tried = shell("try", "repair", "--data", "-", input=body)
        assert (tried.code, tried.out) == (2, "")
        assert tried.err.startswith("error: ")

    def test_a_file_as_a_windows_editor_saves_it(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "record.json").write_text('{"bike": "凤凰"}', "utf-8-sig")
        assert shell("try", "repair", "--data", str(tmp_path / "record.json")).code == 0

    def test_an_answer_to_no_question_is_an_error(self, shell: Shell) -> None:
        tried = shell("try", "repair@north", "--data", "-", input='{"bike": "凤凰", "dock": 3, "state": "gone"}')
        assert (tried.code, set(tried.json["errors"])) == (1, {"dock", "state"})

    def test_a_file_that_is_not_there_is_wrong_usage(self, shell: Shell) -> None:
        assert shell("try", "repair", "--data", "nothing.json").code == 2


class TestTest:
    def test_cases_hold_and_coverage_is_told(self, shell: Shell) -> None:
        tested = shell("test", "--format", "json")
        assert tested.code == 0
        assert [(one["template"], len(one["cases"])) for one in tested.json] == [
            ("rental", 0),
            ("repair", 2),
            ("repair@north", 0),
        ]
        fields, actions = tested.json[1]["coverage"]
        assert (fields["covered"], fields["total"], fields["missing"]) == (3, 4, ["kind"])
        assert (actions["covered"], actions["total"]) == (1, 1)
        assert "repair: 2 of 2 cases hold." in shell("test", "repair").out

    def test_a_case_that_comes_out_otherwise_is_told_with_both_sides(self, shell: Shell, place: Path) -> None:
        spoil(place, "price: 20}", "price: 120, cause: 断}")
        spoil(place, "state: fixed, errors", "state: taken, errors")
        tested = shell("test", "repair")
        assert tested.code == 1
        assert re.search(r"cheap: state.* taken .* fixed", tested.out)
        (cheap, dear) = shell("test", "repair", "--format", "json").json[0]["cases"]
        assert (cheap["passed"], dear["passed"]) == (False, True)
        assert cheap["differences"][0]["expected"] == "taken"


class TestClone:
    def test_a_departments_overlay_is_begun_and_sound(self, shell: Shell, place: Path) -> None:
        cloned = shell("clone", "repair", "south")
        assert cloned.code == 0
        assert "departments/south/repair.yaml" in cloned.out
        assert shell("check").code == 0
        assert shell("build", "repair@south", "--emit", "model").code == 0

    def test_nothing_is_overwritten_and_names_must_be_known(self, shell: Shell, place: Path) -> None:
        before = (place / "departments/north/repair.yaml").read_bytes()
        assert shell("clone", "repair", "north").code == 1
        assert (place / "departments/north/repair.yaml").read_bytes() == before
        assert shell("clone", "repair", "west").code == 2
        assert shell("clone", "repairs", "south").code == 2


class TestNew:
    def test_the_starter_is_laid_out_with_editor_settings_and_is_clean(self, tmp_path: Path) -> None:
        made = run("new", str(tmp_path / "mine"))
        assert made.code == 0
        assert "data/" in (tmp_path / "mine/.gitignore").read_text("utf-8")
        assert json.loads((tmp_path / "mine/.vscode/settings.json").read_text("utf-8"))["files.encoding"] == "utf8"
        assert (tmp_path / "mine/.editorconfig").exists()
        checked = run("-C", str(tmp_path / "mine"), "check", "--strict")
        assert (checked.code, checked.err) == (0, "")

    def test_editors_find_the_schema_of_each_file_also_of_a_frozen_one(self, tmp_path: Path) -> None:
        run("new", str(tmp_path / "mine"))
        assert run("-C", str(tmp_path / "mine"), "publish").code == 0
        for path in (tmp_path / "mine").rglob("*.yaml"):
            named = re.match(r"# yaml-language-server: \$schema=(.*)", path.read_text("utf-8"))
            assert bool(named) == ("published" not in path.parts), path
            assert not named or (path.parent / named[1]).is_file()

    def test_in_a_workspace_only_the_schemas_are_brought_up_to_date(self, tmp_path: Path) -> None:
        run("new", str(tmp_path))
        template = tmp_path / "templates" / "customer-source.yaml"
        schema = tmp_path / ".formwright/schemas/template.json"
        current = schema.read_text("utf-8")
        template.write_text("mine", "utf-8")
        assert "up to date" in run("--lang", "en", "new", str(tmp_path)).out
        schema.write_text("{}", "utf-8")
        assert run("--lang", "en", "new", str(tmp_path)).code == 0
        assert (schema.read_text("utf-8"), template.read_text("utf-8")) == (current, "mine")

    def test_a_folder_that_holds_something_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "kept.txt").write_text("mine", "utf-8")
        for target in (tmp_path, tmp_path / "kept.txt"):
            refused = run("new", str(target))
            assert (refused.code, refused.out) == (1, "")
        assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
