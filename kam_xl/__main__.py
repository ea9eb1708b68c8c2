"""``python -m kam_xl`` is the command ``kam-xl``."""

from kam_xl.cli import main

if __name__ == "__main__":
    main()
