"""``python -m kam_xl`` is the command ``kam-xl``.

Python puts the current folder first on its path for ``-m``: once this runs, what lies there is not imported.
"""

import os
import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path[:1] in ([""], [os.getcwd()]):
    del sys.path[0]

from kam_xl.cli import main

if __name__ == "__main__":
    main()
