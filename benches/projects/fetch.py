#!/usr/bin/env python3
"""Fetches the pinned real projects of projects.toml into DIR/python/NAME and DIR/rust/NAME.

Usage: fetch.py DIR [NAME ...]

What is there already is kept. Needs Python 3.11, pip and cargo; runs nothing of what it fetches.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile


def fetch_wheel(name, version, target, scratch):
    """Downloads a wheel without its dependencies and unpacks it."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--python-version", "3.14", "--ignore-requires-python"]
    subprocess.run(command + ["--dest", scratch, f"{name}=={version}"], check=True)
    wheel = next(pathlib.Path(scratch).glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)


def fetch_crate(name, version, target, scratch):
    """Lets cargo fetch a crate as the only dependency of an empty package, and copies its source."""
    package = pathlib.Path(scratch)
    (package / "src").mkdir()
    (package / "src" / "lib.rs").touch()
    manifest = f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n'
    manifest += f'"{name}" = {{ version = "={version}", default-features = false }}\n'
    (package / "Cargo.toml").write_text(manifest)
    subprocess.run(["cargo", "vendor", "--quiet", "vendor"], cwd=package, check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(package / "vendor" / name, target)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    here, wanted = pathlib.Path(sys.argv[1]), sys.argv[2:]
    projects = tomllib.loads((pathlib.Path(__file__).parent / "projects.toml").read_text())
    failed = []
    for language, fetch in (("python", fetch_wheel), ("rust", fetch_crate)):
        for name, version in projects[language].items():
            target = here / language / name
            if (wanted and name not in wanted) or target.exists():
                continue
            print(f"{language} {name} {version}", flush=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory() as scratch:
                try:
                    fetch(name, version, target, scratch)
                except (subprocess.CalledProcessError, OSError) as error:
                    shutil.rmtree(target, ignore_errors=True)
                    failed.append(name)
                    print(f"  not fetched: {error}", file=sys.stderr)
    sys.exit(f"not fetched: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
