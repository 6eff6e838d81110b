"""JupyterLab as `make lab` opens it: the project's top, the front page, links into the built book.

The server serves the built book under /static/, where the numbers in stored notebooks lead (see
:mod:`book.prose`); kernels are told which lists the built book has, for the tables under charts.
"""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (Jupyter gives it)
c.ServerApp.root_dir = str(TOP)
c.ServerApp.extra_static_paths = [str(TOP / "_build" / "html")]
c.LabApp.default_url = "/lab/tree/index.md"
# overrides.json: Markdown is shown as a page, and whoever has run a notebook sees its end
c.LabApp.app_settings_dir = str(HERE)
# A picture has the alternative text that is stored with it, shown here and exported as HTML.
c.LabApp.extra_labextensions_path = [str(HERE / "labextensions")]
c.TemplateExporter.extra_template_basedirs = [str(HERE / "nbconvert")]
c.HTMLExporter.template_name = "described"

os.environ["EVIDENCE_LINKS"] = str(TOP / "_build" / "links.json")
