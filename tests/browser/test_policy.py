"""The policy in every page, opened from a folder: all of ours works, and nothing else runs."""

from conftest import build_site
from hostile import ALL, write

WATCH = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective));
"""
PLANTED = """
<script>document.title = "run"</script>
<img src="x" onerror="document.title = 1">
<a id="planted" href="javascript:document.title = 2">x</a>
"""


def test_a_page_from_a_folder_keeps_its_scripts_styles_and_search(browser, kinds, sites):
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    for path in [*kinds.values(), "404.html"]:
        page.goto((sites("real") / path).as_uri())
        assert page.evaluate("broken") == [], path
    page.goto((sites("real") / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.px-bar')).display") == "flex"
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("F1.2")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("broken") == []
    context.close()


def test_what_somebody_got_into_a_page_does_not_run(browser, sites, tmp_path):
    page_file = tmp_path / "site" / "index.html"
    page_file.parent.mkdir()
    html = (sites("tiny") / "index.html").read_text(encoding="utf-8")
    page_file.write_text(html.replace("</main>", f"{PLANTED}</main>"), encoding="utf-8")
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.locator("#planted").click()
    page.wait_for_function("broken.length >= 3")
    assert page.title() not in ("run", "1", "2")
    assert {kind.partition("-src")[0] for kind in page.evaluate("broken")} <= {"script", "style"}
    context.close()


def test_a_hostile_plan_does_nothing_in_a_browser(browser, tmp_path):
    folder = write(tmp_path / "plan", lambda word: f"{word} {ALL}")
    site = build_site(folder, tmp_path / "site", strict=False, extra={"px": {"policy": ""}})
    context = browser.new_context()
    page = context.new_page()
    told, asked = [], []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        page.mouse.move(300, 300)
    assert told == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
