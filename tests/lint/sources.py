"""The files that the lints read."""
import os

CODE = (".hpp", ".cpp", ".def")
TEXT = CODE + (".py", ".md", ".txt", ".cmake", ".json", ".js", ".yml", ".sh", "")
SKIPPED = {"build", ".git", "node_modules", "data", "seeds", "__pycache__"}


def files(root, suffixes=CODE, folders=None):
    """Yields (path relative to root, text) of every source below `folders`."""
    for top in folders or ["."]:
        for folder, names, leaves in os.walk(os.path.join(root, top)):
            names[:] = sorted(name for name in names if name not in SKIPPED)
            for leaf in sorted(leaves):
                if os.path.splitext(leaf)[1] in suffixes:
                    path = os.path.join(folder, leaf)
                    with open(path, encoding="utf-8", errors="replace") as file:
                        yield os.path.relpath(path, root), file.read()
