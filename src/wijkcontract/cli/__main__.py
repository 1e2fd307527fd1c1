"""`python -m wijkcontract.cli` is the console script by another name."""

import sys

from wijkcontract.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
