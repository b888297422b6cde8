"""What is put off is there when it is asked for, and setting an article does not ask for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_module_put_off_is_the_module_once_it_is_used():
    code = "import sys; from galley.late import put_off; put_off('textwrap'); import textwrap; "
    assert python(code + "print('re' in vars(textwrap), textwrap.dedent('  a'))") == "False a"
    assert python(code + "textwrap.dedent; print(sys.modules['textwrap'].__file__.endswith('textwrap.py'))") == "True"
    assert python(code + "from textwrap import indent; print(indent('a', '- '))") == "- a"


def test_a_name_that_a_module_lacks_is_missing_as_ever():
    code = "from galley.late import put_off; put_off('textwrap'); import textwrap; print(hasattr(textwrap, 'nothing'))"
    assert python(code) == "False"


def test_setting_an_article_loads_none_of_what_is_put_off(tmp_path):
    # From Python 3.13 on, dataclasses itself cannot do without inspect, which brings ast and dis.
    put_off = {"ast", "dis", "difflib"} if sys.version_info < (3, 13) else {"difflib"}
    code = (
        "import sys; from pathlib import Path; from galley.cli import main; "
        f"main(['pdf', '--output', {str(tmp_path)!r}, '--format', 'json'], home=Path()); "
        "print(sorted(" + repr(put_off) + " & set(sys.modules)))"
    )
    python(code)  # the first run may keep things for the next
    assert python(code).splitlines()[-1] == "[]"
