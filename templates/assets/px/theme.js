/* The shell: colour switch, menu on phones, linked tabs, wide tables and code, copying, place in the contents.
   Every page reads and works without this file. No library, no inline style but through the style objects. */
(() => {
  "use strict";

  const html = document.documentElement;
  const script = document.currentScript;
  if (html.dataset.px) return; // 404 pages ask for this file by several paths
  html.dataset.px = "1";

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const config = readConfig();
  const { gettext, ngettext } = globalThis.pxWords;
  const features = config.features || [];

  function readConfig() {
    try {
      return JSON.parse(one("#px-config").textContent);
    } catch {
      return {}; // a page of another make
    }
  }

  // The reader's choices; private modes may refuse to keep them.
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      /* then it holds for this page */
    }
  }

  function setData(name, value) {
    if (value) html.dataset[name] = value;
    else delete html.dataset[name];
  }

  /* ---- a missing page stands at no certain address: root its links at the folder this file came from ---- */

  const base = html.dataset.pxBase;
  if (base !== undefined && script) {
    const root = new URL("../../", script.src).href;
    const home = new URL(base.replace(/\/?$/, "/"), location.href).href;
    for (const element of root === home ? [] : all("a[href],link[href],img[src]")) {
      const name = element.hasAttribute("href") ? "href" : "src";
      const address = element[name];
      if (element.getAttribute(name)[0] !== "#" && address.startsWith(home)) {
        element[name] = root + address.slice(home.length);
      }
    }
  }

  /* ---- colours: system, light, dark. Our CSS goes by html[data-scheme]; Material's names are for a site's own ---- */

  const SCHEMES = ["", "light", "dark"];
  const COLOURS = [gettext("Colours: same as system"), gettext("Colours: light"), gettext("Colours: dark")];
  const systemIsDark = matchMedia("(prefers-color-scheme:dark)");
  const schemeButton = one("[data-px-switch]");

  function showScheme() {
    const scheme = html.dataset.scheme || "";
    const dark = scheme === "dark" || (!scheme && systemIsDark.matches);
    document.body.dataset.mdColorScheme = dark ? "slate" : "default";
    if (!schemeButton) return;
    const label = COLOURS[SCHEMES.indexOf(scheme)];
    schemeButton.setAttribute("aria-label", label);
    schemeButton.title = label;
  }

  if (schemeButton) {
    schemeButton.hidden = false;
    schemeButton.addEventListener("click", () => {
      const scheme = SCHEMES[(SCHEMES.indexOf(html.dataset.scheme || "") + 1) % 3];
      setData("scheme", scheme);
      store("px-scheme", scheme);
      showScheme();
    });
  }
  systemIsDark.addEventListener("change", showScheme);
  showScheme();
  addEventListener("storage", (event) => {
    if (event.key !== "px-scheme") return; // another tab has switched
    setData("scheme", event.newValue);
    showScheme();
  });

  /* ---- the menu is a <details>. What stands beside the text on a wide screen moves in; the rest is inert ---- */

  const menu = one(".px-menu");
  if (menu) {
    const drawer = one(".px-drawer");
    const page = one("#px-page");
    const isWide = matchMedia("(min-width:76.25em)");
    const sides = all(".px-side,.px-toc");
    drawer.ariaLabel = one("summary", menu).ariaLabel; // read out where it is a dialog
    const rest = all(".px-skip,.px-bar>:not(.px-menu),.px-tabbar,.px-page,.px-foot");

    const placeSides = () => {
      for (const side of sides) (isWide.matches ? page : drawer).append(side);
      if (isWide.matches) menu.open = false;
    };
    isWide.addEventListener("change", placeSides);
    placeSides();

    menu.addEventListener("toggle", () => {
      const isModal = menu.open && !isWide.matches;
      html.classList.toggle("px-still", isModal);
      for (const element of rest) element.inert = isModal;
      drawer.role = isModal ? "dialog" : null;
      drawer.ariaModal = isModal ? "true" : null;
      if (isModal) (one("[aria-current]", drawer) || one("a", drawer))?.focus();
    });
    menu.addEventListener("click", (event) => {
      if (event.target.closest("a")) menu.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      one("summary", menu).focus();
    });
  }

  /* ---- content tabs with the same label go together, on this page and the next (content.tabs.link) ---- */

  const labels = features.includes("content.tabs.link") ? all(".tabbed-labels>label") : [];
  if (labels.length) {
    const pick = (text, except) => {
      for (const label of labels) {
        const input = document.getElementById(label.htmlFor);
        if (input && label !== except && label.textContent.trim() === text) input.checked = true;
      }
    };
    if (stored("px-tab")) pick(stored("px-tab"));
    document.addEventListener("change", (event) => {
      const label = event.target.id && one(`label[for="${event.target.id}"]`);
      if (!label || !label.closest(".tabbed-labels")) return;
      const before = label.getBoundingClientRect().top;
      pick(label.textContent.trim(), label);
      store("px-tab", label.textContent.trim());
      scrollBy(0, label.getBoundingClientRect().top - before); // what was clicked stays where it is
    });
  }

  /* ---- what scrolls sideways can be reached by the keyboard and has a name; only while it does scroll ---- */

  for (const table of all(".md-typeset table:not([class])")) {
    if (table.closest(".px-scroll")) continue;
    const box = make("div", { className: "px-scroll" });
    table.replaceWith(box);
    box.append(table);
  }
  const boxes = all(".px-scroll,.md-typeset pre>code,.tabbed-labels");

  function nameOf(box) {
    const caption = one("caption", box);
    if (caption) return `${caption.textContent.trim()} – ${gettext("Scrolls sideways")}`;
    return box.tagName === "CODE" ? gettext("Code, scrolls sideways") : gettext("Table, scrolls sideways");
  }

  function markRegions() {
    for (const box of boxes) {
      if (box.hasAttribute("data-px-own")) continue;
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
        if (box.className === "tabbed-labels") continue;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", nameOf(box));
        box.dataset.pxScrolls = gettext("Scrolls sideways");
      } else if (box.tabIndex === 0) {
        for (const name of ["tabindex", "role", "aria-label", "data-px-scrolls"]) box.removeAttribute(name);
      }
    }
  }
  markRegions();
  addEventListener("resize", markRegions);
  document.addEventListener("change", markRegions);

  for (const input of all(".task-list-control>input,.task-list-item>input")) {
    input.setAttribute("aria-label", input.checked ? gettext("done") : gettext("to do"));
  }

  /* ---- copy buttons on code ---- */

  for (const pre of navigator.clipboard ? all(".md-typeset pre") : []) {
    const code = one("code", pre);
    if (!code) continue;
    const button = make("button", { className: "px-copy", type: "button", textContent: gettext("Copy to clipboard") });
    const status = make("span", { className: "px-sr" });
    status.setAttribute("role", "status");
    pre.append(button, status);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ""));
      button.classList.add("is-done");
      status.textContent = gettext("Copied to clipboard");
      setTimeout(() => {
        button.classList.remove("is-done");
        status.textContent = "";
      }, 2000);
    });
  }

  /* ---- the same place in another language ---- */

  // The statement or section that the address names, if it is in sight, or else the first that is.
  function placeInSight() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const inSight = (element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > (one(".px-header")?.offsetHeight ?? 0) && top < innerHeight;
    };
    if (named && inSight(named)) return named.id;
    if (scrollY < innerHeight / 4) return "";
    return all("main article [id]").find((element) => element.checkVisibility() && inSight(element))?.id ?? "";
  }
  for (const link of all("[data-px-edition]")) {
    link.addEventListener("click", () => {
      link.hash = encodeURIComponent(placeInSight());
    });
  }

  /* ---- where the reader is, in the table of contents ---- */

  const links = all('.px-toc a[href^="#"]');
  if (links.length && "IntersectionObserver" in window) {
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let current;

    // The last heading that has passed the first quarter of the window, or else the first of all.
    const markCurrent = () => {
      let next = 0;
      headings.forEach((heading, at) => {
        if (heading?.getBoundingClientRect().top < innerHeight / 4) next = at;
      });
      if (next === current) return;
      current = next;
      links.forEach((link, at) => {
        if (at === next) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    const observer = new IntersectionObserver(markCurrent, { rootMargin: "0px 0px -75% 0px" });
    for (const heading of headings) if (heading) observer.observe(heading);
    markCurrent();
  }

  /* ---- on paper nothing stays folded but what reference managers read ---- */

  addEventListener("beforeprint", () => {
    for (const details of all(".md-typeset details:not([open])")) {
      if (details.matches(".px-cite,.px-drawing,.px-siblings,.px-fold--name")) continue;
      details.open = true;
      details.dataset.pxShut = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of all("[data-px-shut]")) {
      details.open = false;
      delete details.dataset.pxShut;
    }
  });

  /* ---- the lens: only what the primary source says. CSS does it, by html[data-lens] ---- */

  const lens = one("[data-px-lens]");
  if (lens && CSS.supports("selector(:has(a))")) {
    const links = all('.px-toc a[href^="#"],.px-az a[href^="#"]');

    const showLens = () => {
      lens.setAttribute("aria-pressed", String(html.dataset.lens === "stated"));
      const count = one("[data-px-lens-count]");
      if (!html.dataset.lens) return;
      const apart = ".px-off .px-off,.px-off-box .px-off-box,.px-facts *,.px-peek *,.px-keep *,.px-legend *,.px-code";
      const number = all("main article .px-off").filter((element) => !element.matches(apart)).length;
      const left = ngettext(
        "1 thing on this page rests on something else and is left out.",
        "%(n)s things on this page rest on something else and are left out.",
        number,
      );
      if (count) count.textContent = number ? left : "";
      // What leads to a place that is left out is left out, too.
      for (const link of links) {
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        link.closest("li").classList.toggle("px-off-box", Boolean(target && !target.checkVisibility()));
      }
    };
    const setLens = (value) => {
      setData("lens", value);
      store("px-lens", value);
      showLens();
    };
    lens.hidden = false;
    showLens();
    lens.addEventListener("click", () => setLens(html.dataset.lens ? "" : "stated"));
    one("[data-px-lens-off]")?.addEventListener("click", () => {
      setLens("");
      lens.focus();
    });
    addEventListener("storage", (event) => {
      if (event.key !== "px-lens") return;
      setData("lens", event.newValue && "stated");
      showLens();
    });
  }

  /* ---- what only some pages need is asked for by them ---- */

  const load = (name) => document.head.append(make("script", { src: new URL(name, script.src).href, async: false }));
  if (one("[data-px-filter],.px-kinds")) load("form-state.js");
  if (one("[data-px-filter],[data-px-figure]")) load("save.js");
  if (one("[data-px-filter]")) load("table.js");
  if (one(".px-own")) load("own-copy.js");
  if (one(".px-rd")) load("reading.js");
  if (one(".px-kinds")) load("timeline.js");
  if (one("[data-px-figure]")) load("save-figures.js");

  // The id that the address points to; it may hold what is none.
  window.pxPlaceInAddress = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  // Not every browser unfolds what holds the place that an address points to.
  function unfold() {
    const target = document.getElementById(window.pxPlaceInAddress());
    const folds = target ? [...all("details:not([open])")].filter((each) => each.contains(target)) : [];
    for (const fold of folds) if (fold !== target) fold.open = true;
    if (folds.length) target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  // Cards come with the first link that is pointed at, focused or tapped; cards.js shows the one for it at once.
  const LINKS = "#px-content a[href]:not(.headerlink)";

  function onFirstLink(event) {
    const link = event.target.closest?.(LINKS);
    if (!link) return;
    if (!html.pxFirst) {
      load("cards/index.js");
      load("cards.js");
    }
    html.pxFirst = link;
    if (event.type === "click" && event.pointerType === "touch" && link.origin === location.origin) {
      event.preventDefault(); // a first tap shows the card
      html.pxTapped = true;
    }
  }

  const FIRST = ["pointerover", "focusin", "click"];
  for (const name of FIRST) document.addEventListener(name, onFirstLink);
  html.pxCardsReady = () => {
    for (const name of FIRST) document.removeEventListener(name, onFirstLink);
  };
})();
