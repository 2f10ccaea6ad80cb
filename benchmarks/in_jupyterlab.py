"""The notebooks run in JupyterLab on hostile strings: whether any of them becomes more than text."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from page_checks import PATIENCE_S, watch
from pages_shown import hostile_texts, repository_of

CONTROL_CELL = """from IPython.display import HTML
HTML("<img src=x onerror=alert(1)><p>shown</p>")"""


def in_jupyterlab(chromium: Any) -> Iterator[tuple[str, int, list[str]]]:
    """Of each notebook that runs in JupyterLab on hostile strings: name, number of outputs, what is wrong."""
    from figures.test_notebook_pages import write_notebook

    with repository_of(hostile_texts()) as folder, TemporaryDirectory() as settings:
        log = Path(settings) / "log"
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
        ]
        command += ["--ip=127.0.0.1", "--ServerApp.port_retries=50", "--IdentityProvider.token=t"]
        command += [
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=",
        ]
        kept = {"JUPYTER_CONFIG_DIR": settings, "JUPYTER_DATA_DIR": settings, "HOME": settings}
        kept |= {
            "JUPYTERLAB_SETTINGS_DIR": settings,
            "IPYTHONDIR": settings,
            "MPLCONFIGDIR": settings,
        }
        kept |= {"JUPYTER_RUNTIME_DIR": settings, "REFRAMING_CORPUS": "sample"}
        with log.open("wb") as said:
            server = subprocess.Popen(
                command, cwd=folder, env=os.environ | kept, stderr=said, stdout=said
            )
        try:
            address = _address_of(server, log)
            write_notebook(Path("control/control.ipynb"), CONTROL_CELL)
            _, seen = _ran_in_lab(chromium, address, Path("control/control.ipynb"))
            if not any("opened a dialog" in each for each in seen):
                raise SystemExit(f"the check in JupyterLab sees nothing, but {seen}")
            for path in sorted(Path("notebooks").glob("*.ipynb")):
                yield path.stem, *_ran_in_lab(chromium, address, path)
        finally:
            server.terminate()
            server.wait()


def _address_of(server: Any, log: Path) -> str:
    for _ in range(PATIENCE_S):
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf8", "replace"))
        if found:
            with urllib.request.urlopen(f"{found[0]}api?token=t", timeout=PATIENCE_S):
                return found[0]
        if server.poll() is not None:
            break
        time.sleep(1)
    raise SystemExit(f"JupyterLab does not start: {log.read_text('utf8', 'replace')[-2000:]}")


def _ran_in_lab(chromium: Any, address: str, path: Path) -> tuple[int, list[str]]:
    """How many outputs the cells of a notebook have, and what is wrong with them."""
    context = chromium.new_context(viewport={"width": 1280, "height": 3000})
    did: list[str] = []
    watch(
        context,
        did,
        lambda url: url.startswith((address, "data:", "blob:", address.replace("http", "ws"))),
    )
    page = context.new_page()
    page.goto(f"{address}lab/tree/{path.as_posix()}?token=t&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.evaluate("() => window.jupyterapp.serviceManager.ready")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_timeout(1000)
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
    )
    outputs = 0
    for cell in page.query_selector_all(".jp-Notebook .jp-Cell"):
        cell.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        outputs += len(cell.query_selector_all(".jp-OutputArea-output"))
    page.wait_for_timeout(2000)
    found = [] if outputs else ["nothing was put out"]
    failed = page.query_selector_all(".jp-OutputArea-output[data-mime-type*=stderr]")
    found += [f"a cell failed: {each.inner_text()[-200:]}" for each in failed]
    found += [f"an output has {each}" for each in page.evaluate("checks.inOutputs()")]
    context.close()
    return outputs, [*found, *did]
