"""The form answers only to this machine, writes only what is sound, and loses nothing of others."""

import re
import threading
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from edited import copied

from plan_explorer.cli import edit as command
from plan_explorer.cli.main import cli

PATH = "/edit/less-runoff"


@pytest.fixture
def folder(tmp_path, request):
    return copied(getattr(request, "param", "tiny"), tmp_path)


@pytest.fixture
def server(folder):
    server = command.serve(folder, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ask(server):
    """Return a function that asks the server and gives status, headers and text."""

    def ask(path, form=None, **headers):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        body = None if form is None else urlencode(form)
        own = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET" if form is None else "POST", path, body, {**own, **given})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, dict(response.headers), text

    return ask


def fields(page):
    """Return the names and values of the form on *page*."""
    form = page[page.index('<form method="post"') :]
    found = dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        found[name] = (chosen[1] or chosen[2]) if chosen else ""
    return {name: unescape(value) for name, value in found.items()}


def filled(ask, **changes):
    form = fields(ask(PATH)[2])
    return {**form, **{name.replace("__", "/"): value for name, value in changes.items()}}


def content(folder):
    return (folder / "content.yaml").read_bytes()


def test_it_listens_at_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "", "[::1]:80"]
)
def test_another_name_of_this_machine_is_refused(ask, host):
    for form in (None, {}):
        status, _, text = ask(PATH, form, Host=host)
        assert (status, text) == (403, "This server answers only to this machine.\n")


def test_both_names_of_this_machine_are_answered(ask, server):
    for name in ("127.0.0.1", "localhost"):
        assert ask("/", Host=f"{name}:{server.server_port}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Content_Type": "text/plain"},
    ],
)
def test_a_form_of_another_site_is_refused(ask, folder, headers):
    before, form = content(folder), filled(ask, f__name__en__text="Other")
    assert ask(PATH, form, **headers)[0] in (403, 415)
    assert content(folder) == before


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_form_without_the_token_is_refused(ask, folder, token):
    before, form = content(folder), filled(ask, f__name__en__text="Other", token=token)
    for path in (PATH, "/new"):
        assert ask(path, form)[0] == 403
    assert content(folder) == before


def test_a_form_that_is_too_long_and_other_methods_are_refused(ask, server):
    assert ask(PATH, {}, Content_Length="99999999999")[0] == 413
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request("PUT", PATH)
    assert connection.getresponse().status == 405
    connection.close()
    assert ask("/other")[0] == 404
    assert ask("/edit/nothing")[0] == 404
    assert ask("/edit/tiny")[0] == 404  # the plan itself
    assert ask("/edit/pair")[0] == 404  # a view


def test_every_page_keeps_to_a_strict_policy(ask):
    for path in ("/", PATH, "/edit/nothing", "/edit.css"):
        _, headers, text = ask(path)
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
        assert "<script" not in text
        assert "http://" not in text.replace("https://", "").replace("http://127", "")


def test_what_is_filled_in_is_written_and_nothing_else(ask, folder):
    before = content(folder).decode()
    form = filled(ask, f__summary__text="Fewer fields are to be wet.")
    form["f/summary/@cite"] = "paper p2.1"
    form["f/relations/1/@kind"] = "done-by"
    form["f/relations/1/@target"] = "council"
    status, headers, _ = ask(PATH, form)
    assert (status, headers["Location"]) == (303, f"{PATH}?saved")
    old = "The council is to see to less runoff. [@paper p2.1]"
    expected = before.replace(old, "Fewer fields are to be wet. [@paper p2.1]").replace(
        "- supports: clean-air", "- done-by: council"
    )
    assert content(folder).decode() == expected
    assert 'role="status">Saved.' in ask(f"{PATH}?saved")[2]
    assert ask(PATH, fields(ask(PATH)[2]))[0] == 303
    assert content(folder).decode() == expected


@pytest.mark.parametrize("folder", ["river"], indirect=True)
def test_it_says_how_many_statements_are_no_longer_verified(ask, folder):
    form = fields(ask("/edit/report")[2])
    name = next(name for name, value in form.items() if value.startswith("Schools are free"))
    changed = {**form, name: "Pupils gain. [@charter p4.3]"}
    told = "1 statement of it is not verified{}: <code>plan-explorer verify</code> checks"
    assert f"This can be saved. {told.format(' then')}" in ask("/edit/report", {**changed, "do": "check"})[2]
    assert ask("/edit/report", changed)[0] == 303
    assert f"Saved. {told.format('')}" in ask("/edit/report?saved")[2]
    with (folder / "verified.txt").open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    assert 'role="status">Saved.</p>' in ask("/edit/report?saved")[2]


def test_it_says_what_is_not_in_the_form(ask):
    assert "its views are in <code>plan.yaml</code>" in ask("/")[2]
    assert "<code>plan-explorer outline</code> writes" in ask(PATH)[2]


def test_what_is_unsound_is_told_beside_its_field_and_writes_nothing(ask, folder):
    before = content(folder)
    form = filled(
        ask, f__summary__text="New words. [@paper p2.9]", f__under="clean-watr", f__date__edtf="2025-13"
    )
    for do in ("save", "check"):
        status, _, page = ask(PATH, {**form, "do": do})
        assert status == 422
        assert content(folder) == before
        assert "Nothing was written" in page
        for name, message in [
            ("f/summary", "&#39;paper&#39; has no sentence p2.9"),
            ("f/under", "there is no entry &#39;clean-watr&#39;"),
            ("f/date", "&#39;2025-13&#39; is not in the calendar"),
        ]:
            beside = page[page.index(f'id="{name}-problems"') :]
            assert message in beside[: beside.index("</ul>")]
        assert "did you mean &#39;clean-water&#39;?" in page
        assert fields(page)["f/summary/text"] == "New words. [@paper p2.9]"
    status, _, page = ask(PATH, {**filled(ask), "do": "check"})
    assert (status, "This can be saved." in page) == (200, True)
    assert page.count("<details open>") == ask(PATH)[2].count("<details open>")  # what is empty stays shut


def test_a_form_can_be_hostile_and_stays_text(ask, folder):
    words = "\"><script>alert(1)</script> {{ 7*7 }} '#: - [x]"
    status, _, page = ask(PATH, {**filled(ask, f__gist=words), "do": "check"})
    assert status == 200
    assert "<script" not in page
    assert fields(page)["f/gist"] == words
    assert ask(PATH, filled(ask, f__gist=words))[0] == 303
    assert fields(ask(PATH)[2])["f/gist"] == words


def test_an_entry_that_changed_meanwhile_is_shown_beside_what_was_filled_in(ask, folder):
    form = filled(ask, f__name__en__text="My name")
    path = folder / "content.yaml"
    changed = path.read_text(encoding="utf-8").replace("name: Less runoff", "name: Their name  # theirs")
    path.write_text(changed, encoding="utf-8")
    status, _, page = ask(PATH, form)
    assert status == 409
    assert content(folder).decode() == changed
    assert "the file has changed meanwhile" in page
    assert "name: Their name" in page[page.index("In the file now") :]
    assert fields(page)["f/name/en/text"] == "My name"
    assert ask(PATH, {**form, "do": "add f/statements"})[0] == 200
    assert ask(PATH, form)[0] == 409  # again, until somebody has seen it
    assert ask(PATH, fields(page))[0] == 303
    assert content(folder).decode() == changed.replace("Their name", "My name")


def test_what_others_change_elsewhere_meanwhile_is_kept(ask, folder):
    form = filled(ask, f__name__en__text="My name")
    path = folder / "content.yaml"
    changed = path.read_text(encoding="utf-8").replace("name: Clean air", "name: Their air")
    path.write_text("# New.\n" + changed, encoding="utf-8")
    assert ask(PATH, form)[0] == 303
    assert content(folder).decode() == "# New.\n" + changed.replace("Less runoff", "My name")


def test_what_changes_while_it_is_written_is_not_lost(ask, folder, monkeypatch):
    from plan_explorer.editor.saving import Draft

    apply = Draft.apply

    def meanwhile(self):
        edited = apply(self)
        (folder / "content.yaml").write_bytes(content(folder) + b"# theirs\n")
        return edited

    form, before = filled(ask, f__name__en__text="My name"), content(folder)
    monkeypatch.setattr(Draft, "apply", meanwhile)
    status, _, page = ask(PATH, form)
    assert (status, content(folder)) == (422, before + b"# theirs\n")
    assert "was changed by another program meanwhile" in page
    assert fields(page)["f/name/en/text"] == "My name"


def test_an_entry_that_is_gone_gives_back_what_was_filled_in(ask, folder):
    form = filled(ask, f__name__en__text="My name")
    CliRunner().invoke(cli, ["rename", "less-runoff", "dry-fields", "--plan", str(folder)])
    before = content(folder)
    status, _, page = ask(PATH, form)
    assert (status, content(folder)) == (409, before)
    assert "My name" in page


def test_a_plan_that_is_broken_by_hand_is_told_and_nothing_is_written(ask, folder):
    form = filled(ask, f__name__en__text="My name")
    path = folder / "content.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- done-by", "- doneby"), encoding="utf-8")
    before = content(folder)
    for sent in (None, form):
        status, _, page = ask(PATH, sent)
        assert status == 409
        assert "&#39;doneby&#39; is not a kind of relation" in page
        assert ("My name" in page) == (sent is not None)
    assert content(folder) == before


def test_rows_are_added_and_removed_before_anything_is_written(ask, folder):
    before = content(folder)
    page = ask(PATH, {**filled(ask), "do": "add f/statements"})[2]
    assert fields(page)["f/statements/0/text"] == ""
    page = ask(
        PATH, {**fields(page), "do": "drop f/relations/0", "f/statements/0/text": "It dries. [@report]"}
    )[2]
    form = fields(page)
    assert "f/relations/0/@kind" not in form
    assert form["f/relations/1/@target"] == "clean-air"
    assert content(folder) == before
    for odd in ("add f/under/x", "drop f", "add f/made/up", "drop f/relations/x", "add f"):
        assert ask(PATH, {**form, "do": odd})[0] == 200
    assert ask(PATH, form)[0] == 303
    text = content(folder).decode()
    assert (
        "    statements:\n      - It dries. [@report]\n    relations:\n      - supports: clean-air\n" in text
    )


def test_another_parent_takes_an_entry_along(ask, folder):
    assert ask(PATH, filled(ask, f__under="clean-air"))[0] == 303
    assert "under: clean-air" in content(folder).decode()
    assert ask("/edit/council", {**fields(ask("/edit/council")[2]), "f/under": "council"})[0] == 422


def test_an_entry_is_begun(ask, folder):
    token = fields(ask("/")[2])["token"]
    asked = {"token": token, "kind": "step", "id": "fewer-fumes", "under": "clean-air", "name": "Fewer fumes"}
    status, headers, _ = ask("/new", asked)
    assert (status, headers["Location"]) == (303, "/edit/fewer-fumes")
    assert fields(ask("/edit/fewer-fumes")[2])["f/name/en/text"] == "Fewer fumes"
    before = content(folder)
    status, _, page = ask("/new", asked)
    assert (status, "the id &#39;fewer-fumes&#39; is taken" in page) == (422, True)
    assert content(folder) == before
    assert "Fewer fumes" in ask("/?q=FEWER")[2]
    assert "No entry has" in ask("/?q=zzz")[2]


def test_places_are_offered_with_their_words(tmp_path):
    from plan_explorer.editor.app import EditorApp

    app = EditorApp(copied("river", tmp_path), ["x"])
    got = []
    environ = {"REQUEST_METHOD": "GET", "HTTP_HOST": "x", "PATH_INFO": "/edit/clean-river"}
    page = b"".join(app(environ, lambda status, headers: got.append(status))).decode()
    assert got == ["200 OK"]
    places = page[page.index('<datalist id="places">') :]
    assert re.search(r'<option value="\w+ p1\.1">[A-Z][^<]{20,}</option>', places)
    assert re.search(r"<blockquote><cite>\w+ p1\.\d</cite> [A-Z]", page)


def test_a_port_that_is_taken_is_told(folder, server):
    result = CliRunner().invoke(cli, ["edit", "--plan", str(folder), "--port", str(server.server_port)])
    assert (result.exit_code, "is taken" in result.output) == (1, True)
    result = CliRunner().invoke(cli, ["edit", "nothing", "--plan", str(folder)])
    assert (result.exit_code, "there is no entry 'nothing'" in result.output) == (1, True)
