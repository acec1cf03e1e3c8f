"""The image, compose and systemd files pass the well-kept check for each, and lower no guard."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent


def run(*command: object) -> str:
    done = subprocess.run([str(it) for it in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_dockerfile_has_no_finding_of_hadolint() -> None:
    run(BIN / "hadolint", DEPLOY / "Dockerfile")


@pytest.mark.long
def test_compose_fits_the_published_schema() -> None:
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")


def test_every_service_is_hardened_and_none_listens_beyond_loopback() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "healthcheck" in service or "build" not in service, name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
    for text in (DEPLOY / "compose.yaml", DEPLOY / "demo/sections.yaml"):
        assert not re.search(r"(?i)(password|token)\w*: *[^\s{/]", text.read_text(encoding="utf-8")), (
            "a secret in a file"
        )
    ours = {"demo", "provision-database", "provision-grafana", "collector", "desk"}
    assert all(":" in it["image"] for name, it in compose["services"].items() if name not in ours)


def test_what_is_brought_from_elsewhere_is_pinned_by_hash_where_that_is_known_and_by_version_elsewhere() -> None:
    for name in ("run", "dev"):
        packages = re.split(r"\n(?=\S)", (DEPLOY / "locks" / f"{name}.txt").read_text(encoding="utf-8"))
        assert [it for it in packages if "==" in it.split("#")[0] and "--hash=sha256:" not in it] == []
    foreign = ROOT / "tests/support/foreign"
    for name in ("node_opcua", "sparkplug"):
        lock = json.loads((foreign / name / "package-lock.json").read_text(encoding="utf-8"))
        assert [name for name, it in lock["packages"].items() if name and "integrity" not in it] == []
    for name, jar in (("milo", "sdk-server"), ("kafka", "kafka_2.13")):
        sums = (foreign / name / "SHA256SUMS").read_text(encoding="ascii").splitlines()
        assert all(re.fullmatch(r"[0-9a-f]{64}  [\w.-]+\.jar", line) for line in sums)
        assert any(jar in line for line in sums)
    # A name with its version, or a digest; a plant may put a digest in its place.
    version = r"(:\d+\.\d+[\w.-]*|@sha256:[0-9a-f]{64})"
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    images = [it for it in re.findall(r"^ *image: *(\S+)$", compose, re.MULTILINE) if it != "tundish"]
    assert [it for it in images if not re.fullmatch(rf"\$\{{[A-Z]+_IMAGE:-[\w/-]+{version}\}}", it)] == []
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(rf"^ARG PYTHON_IMAGE=python{version}$", dockerfile, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"${PYTHON_IMAGE}"}


@pytest.mark.parametrize("name", ["tundish.service", "tundish-desk.service"])
def test_systemd_takes_the_units_and_finds_little_exposed(name: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.fail("no systemd-analyze on this machine; install with: apt-get install systemd")
    # The program is not installed here: its place is taken by one that is.
    text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8").replace("/opt/tundish/bin/tundish", "/bin/true")
    unit = tmp_path / name
    unit.write_text(text.replace("After=tundish.service", ""), encoding="utf-8")
    run("systemd-analyze", "verify", "--man=no", unit)
    run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)


def test_secrets_are_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "secrets.sh", tmp_path)
    run("sh", tmp_path / "secrets.sh")
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == {"influxdb_password", "influxdb_admin", "grafana_admin"}
    assert len(set(made.values())) == 3
    assert all(len(secret) == 40 for secret in made.values())
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    run("sh", tmp_path / "secrets.sh")
    assert made == {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_image_takes_exactly_the_locked_packages_and_the_rooms() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r deploy/locks/run.txt" in text
    assert "USER 10001:10001" in text
    assert {"collector", "dashboards", "models"} <= set(text.split())


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_bundle_installs_where_there_is_no_network_and_refuses_a_changed_file(tmp_path: Path) -> None:
    run("sh", DEPLOY / "setup" / "bundle.sh")
    archive = next((ROOT / "dist").glob("tundish-*-bundle.tar.gz"))
    run("tar", "-C", tmp_path, "-xzf", archive)
    bundle = next(tmp_path.glob("tundish-*"))
    for name in (
        "sbom.cdx.json",
        "THIRD_PARTY_NOTICES.txt",
        "SHA256SUMS",
        "deploy/systemd/tundish.service",
        "docs/first-day.md",
    ):
        assert (bundle / name).stat().st_size > 0, name
    components = json.loads((bundle / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]
    assert {"asyncua", "influxdb-client", "pydantic", "apscheduler", "grafana-api"} <= {
        it["name"].lower() for it in components
    }
    # A namespace of its own has no route, and not even loopback is up.
    alone = ("unshare", "--net", "--map-root-user")
    refused = subprocess.run([*alone, "ip", "route"], capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (0, "")
    told = run(*alone, "sh", bundle / "install.sh", tmp_path / "installed")
    assert "tundish " in told
    check = run(*alone, tmp_path / "installed/bin/tundish", "schema")
    assert "data_dir" in check
    (bundle / "README.md").write_text("changed", encoding="utf-8")
    again = subprocess.run(
        ["sh", bundle / "install.sh", tmp_path / "other"], capture_output=True, text=True, check=False
    )
    assert again.returncode == 1
    assert "fetch the bundle again" in again.stderr
    assert not (tmp_path / "other").exists()
