/* Plan Explorer, shell: colour switch, menu on phones, linked tabs, wide tables and code, copying, place in the contents.
   Every page reads and works without this file. No library, no inline style but through the style objects. */
(function () {
  "use strict";
  var d = document, html = d.documentElement, script = d.currentScript;
  if (html.dataset.px) return; html.dataset.px = "1";                    // 404 pages ask for this file by several paths
  var $ = function (s, e) { return (e || d).querySelector(s); }, $$ = function (s, e) { return [].slice.call((e || d).querySelectorAll(s)); };
  var store = function (k, v) { try { if (v === undefined) return localStorage.getItem(k); if (v) localStorage.setItem(k, v); else localStorage.removeItem(k); } catch (e) { return null; } };
  var cfg = {}; try { cfg = JSON.parse($("#px-config").textContent); } catch (e) { /* a page of another make */ }
  var words = cfg.words || {}, features = cfg.features || [];
  function el(tag, props) { return Object.assign(d.createElement(tag), props); }

  /* 0 A missing page stands at no certain address: root its links at the folder this file came from. */
  var base = html.dataset.pxBase;
  if (base !== undefined && script) {
    var root = new URL("../../", script.src).href, home = new URL(base.replace(/\/?$/, "/"), location.href).href;
    if (root !== home) $$("a[href],link[href],img[src]").forEach(function (e) {
      var k = e.hasAttribute("href") ? "href" : "src", at = e[k];
      if (e.getAttribute(k)[0] !== "#" && at.indexOf(home) === 0) e[k] = root + at.slice(home.length);
    });
  }

  /* 1 Colours: system, light, dark. Our CSS goes by html[data-scheme]; Material's names are kept up for the authors' own CSS. */
  var dark = matchMedia("(prefers-color-scheme:dark)"), button = $("[data-px-switch]"), order = ["", "light", "dark"];
  function paint() {
    var s = html.dataset.scheme || "", i = order.indexOf(s);
    d.body.dataset.mdColorScheme = s === "dark" || (!s && dark.matches) ? "slate" : "default";
    if (button) { button.setAttribute("aria-label", (words.scheme || [])[i] || "Colours"); button.title = button.getAttribute("aria-label"); }
  }
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var s = order[(order.indexOf(html.dataset.scheme || "") + 1) % 3];
      if (s) html.dataset.scheme = s; else delete html.dataset.scheme;
      store("px-scheme", s); paint();
    });
  }
  dark.addEventListener("change", paint); paint();
  addEventListener("storage", function (e) { if (e.key === "px-scheme") { if (e.newValue) html.dataset.scheme = e.newValue; else delete html.dataset.scheme; paint(); } });

  /* 2 Menu: a <details>. Here: what stands beside the text on a wide screen moves in; the rest of the page is inert; Escape. */
  var menu = $(".px-menu"), drawer = $(".px-drawer"), page = $("#px-page");
  if (menu) {
    var wide = matchMedia("(min-width:76.25em)"), parts = $$(".px-side,.px-toc"), rest = $$(".px-skip,.px-bar>:not(.px-menu),.px-tabbar,.px-page,.px-foot");
    var place = function () { parts.forEach(function (e) { (wide.matches ? page : drawer).append(e); }); if (wide.matches) menu.open = false; };
    var shut = function (focus) { menu.open = false; if (focus) $("summary", menu).focus(); };
    wide.addEventListener("change", place); place();
    menu.addEventListener("toggle", function () {
      html.classList.toggle("px-still", menu.open);
      rest.forEach(function (e) { e.inert = menu.open; });
      if (menu.open) { var c = $("[aria-current]", drawer) || $("a", drawer); if (c) c.focus(); }
    });
    menu.addEventListener("click", function (e) { if (e.target.closest("a")) shut(); });
    d.addEventListener("keydown", function (e) { if (e.key === "Escape" && menu.open) shut(true); });
  }

  /* 3 Content tabs with the same label go together, on this page and the next (content.tabs.link). */
  if (features.indexOf("content.tabs.link") >= 0) {
    var labels = $$(".tabbed-labels>label"), pick = function (t, but) { labels.forEach(function (l) { var i = d.getElementById(l.htmlFor); if (i && l !== but && l.textContent.trim() === t) i.checked = true; }); };
    if (labels.length) { if (store("px-tab")) pick(store("px-tab")); d.addEventListener("change", function (e) {
      var l = e.target.id && $('label[for="' + e.target.id + '"]'); if (!l || !l.closest(".tabbed-labels")) return;
      var y = l.getBoundingClientRect().top; pick(l.textContent.trim(), l); store("px-tab", l.textContent.trim()); scrollBy(0, l.getBoundingClientRect().top - y);
    }); }
  }

  /* 4 What scrolls sideways can be reached by the keyboard and has a name; only while it does scroll. */
  $$(".md-typeset table:not([class])").forEach(function (t) { if (t.closest(".px-scroll")) return; var w = el("div", { className: "px-scroll" }); t.replaceWith(w); w.append(t); });
  var boxes = $$(".px-scroll,.md-typeset pre>code,.tabbed-labels");
  function regions() {
    boxes.forEach(function (b) {
      if (b.hasAttribute("data-px-own")) return;
      if (b.scrollWidth > b.clientWidth + 1) {
        b.tabIndex = 0; if (b.className === "tabbed-labels") return;
        var t = $("caption", b); b.setAttribute("role", "group"); b.setAttribute("aria-label", t ? t.textContent.trim() : b.tagName === "CODE" ? words.code || "Code" : words.table || "Table");
      } else if (b.tabIndex === 0) { b.removeAttribute("tabindex"); b.removeAttribute("role"); b.removeAttribute("aria-label"); }
    });
  }
  regions(); addEventListener("resize", regions); d.addEventListener("change", regions);
  $$(".task-list-control>input,.task-list-item>input").forEach(function (i) { i.setAttribute("aria-label", i.checked ? words.done : words.todo); });

  /* 5 Copy buttons on code. */
  if (navigator.clipboard) $$(".md-typeset pre").forEach(function (p) {
    var c = $("code", p), b = el("button", { className: "px-copy", type: "button", textContent: words.copy || "Copy" }), say = el("span", { className: "px-sr" });
    if (!c) return; say.setAttribute("role", "status"); p.append(b, say);
    b.addEventListener("click", function () { navigator.clipboard.writeText(c.textContent.replace(/\n$/, "")).then(function () { b.classList.add("is-done"); say.textContent = words.copied || "Copied"; setTimeout(function () { b.classList.remove("is-done"); say.textContent = ""; }, 2000); }); });
  });

  /* 6 Where the reader is, in the table of contents. */
  var links = $$('.px-toc a[href^="#"]'), heads = links.map(function (a) { return d.getElementById(decodeURIComponent(a.hash.slice(1))); });
  if (links.length && "IntersectionObserver" in window) {
    var now, mark = function () {
      var k = 0, top = innerHeight / 4; heads.forEach(function (h, i) { if (h && h.getBoundingClientRect().top < top) k = i; });
      if (k === now) return; now = k;
      links.forEach(function (a, i) { if (i === k) a.setAttribute("aria-current", "location"); else a.removeAttribute("aria-current"); });
    }, watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
    heads.forEach(function (h) { if (h) watch.observe(h); }); mark();
  }

  /* 7 On paper nothing stays folded but what reference managers read. */
  addEventListener("beforeprint", function () { $$(".md-typeset details:not([open])").forEach(function (x) { if (x.closest(".px-cite")) return; x.open = true; x.dataset.pxShut = ""; }); });
  addEventListener("afterprint", function () { $$("[data-px-shut]").forEach(function (x) { x.open = false; delete x.dataset.pxShut; }); });

  /* 8 The lens: only what the primary source says. CSS does it, by html[data-lens]. */
  var lens = $("[data-px-lens]");
  function look() { lens.setAttribute("aria-pressed", String(html.dataset.lens === "stated")); }
  if (lens && CSS.supports("selector(:has(a))")) {
    lens.hidden = false; look();
    lens.addEventListener("click", function () {
      if (html.dataset.lens) delete html.dataset.lens; else html.dataset.lens = "stated";
      store("px-lens", html.dataset.lens || ""); look();
    });
    addEventListener("storage", function (e) { if (e.key === "px-lens") { if (e.newValue) html.dataset.lens = "stated"; else delete html.dataset.lens; look(); } });
  }

  /* 9 What only some pages need is asked for by them. */
  function also(name) { d.head.append(el("script", { src: new URL(name, script.src).href, async: false })); }
  if ($("[data-px-filter]")) also("table.js");
  var first = function (e) {
    if (!e.target.closest || !e.target.closest(".px-term")) return;
    d.removeEventListener("pointerover", first); d.removeEventListener("focusin", first);
    html.pxFirst = e.target.closest(".px-term"); also("terms.js"); also("cards.js");
  };
  d.addEventListener("pointerover", first); d.addEventListener("focusin", first);
})();
