"""An answer takes seconds: what loads slowly is not loaded."""

import subprocess
import sys


def test_no_schema_is_loaded_to_explain():
    code = "import sys, underbalance.explain.answer; print('pandera' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
