"""The examples for hosts: the policy is the one under which the site is tested, and nginx takes its file."""

import shutil
import subprocess

import pytest
from conftest import ROOT
from served import POLICY

NGINX = (ROOT / "hosting" / "nginx.conf").read_text(encoding="utf-8")


def test_the_examples_have_the_policy_that_the_site_is_tested_under():
    headers = (ROOT / "hosting" / "_headers").read_text(encoding="utf-8")
    assert f"  Content-Security-Policy: {POLICY}\n" in headers
    assert f'add_header Content-Security-Policy "{POLICY}" always;' in NGINX


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_takes_the_example_with_the_rules_of_a_site(tmp_path, sites):
    server = NGINX.replace("/srv/plan/site", str(sites("tiny")))
    server = server.replace("listen 80", f"listen unix:{tmp_path}/socket")
    quiet = f"pid {tmp_path}/pid;\nerror_log {tmp_path}/log;\nevents {{}}\n"
    (tmp_path / "nginx.conf").write_text(f"{quiet}http {{\naccess_log off;\n{server}}}\n", encoding="utf-8")
    command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
