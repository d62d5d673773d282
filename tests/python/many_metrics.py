"""Many ``mf`` commands in one process, which starts slowly: arguments come in, answers go out as JSON.

Run by the Python of ``.venvs/metricflow``, not by that of the tests.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from io import StringIO

from scripts.metrics import is_ready


def main() -> int:
    """Answer every command with its exit status and what it printed."""
    if not is_ready():
        return 1
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration
    from dbt_metricflow.cli.main import cli

    configuration = CLIConfiguration()
    answers = []
    for arguments in json.load(sys.stdin):
        with redirect_stdout(StringIO()) as printed:
            try:
                status = cli(arguments, obj=configuration, prog_name="mf", standalone_mode=False) or 0
            except SystemExit as stopped:
                status = stopped.code
        answers.append([status, printed.getvalue()])
    json.dump(answers, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
