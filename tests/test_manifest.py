"""The manifest says what each output was made by, from the notebooks themselves."""

import json
from pathlib import Path

import pytest

from ipcompare.building.manifest import parameters, saved_by

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("cells", "function"),
    [
        (['ipc.save_table(ipc.f(x), "a")'], "f"),
        (["t = ipc.f(x)", 'ipc.save_table(t.head(3), "a").head()'], "f"),
        (["t = ipc.f(x)", 't = t[t["n"] > ipc_n]', 'ipc.save_table(t, "a")'], "f"),
        (["t, u = ipc.f(x), ipc.g(x)", 'ipc.save_table(t.merge(u), "a")'], "f"),
        (["fig = ipc.plot(ipc.f(x))", 'ipc.save_figure(fig, "a")'], "plot"),
        (["t = robustness.group_test(x)", 'ipc.save_table(pd.DataFrame([t]), "a")'], "group_test"),
        (['t = pd.read_csv("b.csv")', 'ipc.save_table(t, "a")'], ""),
    ],
)
def test_the_function_behind_what_is_saved(cells, function):
    assert saved_by(cells) == {"a": function}


def test_every_output_has_a_maker_and_the_parameters_are_those_of_the_notebooks():
    manifest = json.loads((ROOT / "outputs/manifest.json").read_text("utf-8"))
    makers = {name: about["made_by"] for name, about in manifest["outputs"].items()}
    assert all(makers.values())
    assert makers["figures/target-ladder-en.svg"].endswith(
        "05-numeric-targets.ipynb plot_target_ladder"
    )
    assert manifest["parameters"] == parameters(ROOT / "notebooks")
    assert (
        manifest["parameters"]["notebooks"]["02-similarity.ipynb"]["threshold"]
        == (manifest["parameters"]["match_threshold"])
    )
