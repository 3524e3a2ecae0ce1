"""Where the project's own files are, wherever a test lives."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "programs" / "catalogue"
