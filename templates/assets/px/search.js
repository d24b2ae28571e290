/* Search: the dialog, its keys and its results. Nothing more is loaded before it is first opened;
   then come search.css, search-engine.js and the names, at the first query the text in parts, all
   by <link> and <script src>, which work from file:// and under script-src 'self'. */
(() => {
  "use strict";

  const { gettext, ngettext } = globalThis.pxWords;
  // What a site sets in mkdocs.yml: extra, px, search.
  const CHOSEN = {
    lens: gettext("Only what the source says is searched."),
    keys: "/sf", // "" for none
  };
  const config = document.getElementById("px-config");
  if (config) Object.assign(CHOSEN, JSON.parse(config.textContent).search);

  const SCRIPT = new URL(document.currentScript.src);
  const ROOT = new URL("../../", SCRIPT);
  const PAGE = 30; // results drawn at a time

  /* ---- loading ---- */

  let engine = null;
  let entries = null; // null until the names are here
  let kinds = [];
  let plans = []; // of a site that holds several: how their addresses begin, and what they are called
  let parts = []; // the entries of each part of the text
  let version = "";
  let isLight = true; // whether the text is so small that every query searches it
  let textLeft = 0; // parts that were asked for and have not arrived
  let textAsked = false;
  let quoted = 0; // whether sentences can be found by their words: 1 not yet asked for, 2 asked for, 3 here
  let failed = false;

  const hasLens = () => Boolean(document.documentElement.dataset.lens);
  const find = (some, asked) => engine.find(some, asked, hasLens());
  const LIGHT = 1_000_000; // bytes that are fetched unasked, about 300 kB on their way; of more only the names
  const LONG = 12; // letters from which on a query may be a quotation

  window.__pxSearch = (part, data) => {
    if (part === "engine") engine = data;
    else if (part === "names") readNames(data);
    else if (part === "sentences") readSentences(data);
    else readText(part, data);
  };

  function load(file) {
    const tag = document.createElement("script");
    tag.src = new URL(file, SCRIPT);
    tag.async = false; // fetched side by side, run in order
    tag.onerror = () => {
      failed = true;
      draw();
    };
    document.head.append(tag);
  }

  function readNames([head, columns]) {
    ({ kinds, version, plans = [] } = head);
    entries = engine.read(head, columns);
    let at = 0;
    parts = head.parts.map((size) => entries.slice(at, (at += size)));
    isLight = head.size <= LIGHT;
    quoted = Number(head.quoted);
    drawKinds();
    ask();
    setTimeout(() => engine.learn(entries)); // what the first query of several words needs, while nobody waits
  }

  function readSentences(data) {
    engine.addSentences(entries, data);
    quoted = 3;
    ask();
  }

  function readText(part, data) {
    engine.addText(parts[part], data);
    textLeft--;
    // What stands in the list stays where it is: hits in this part go below.
    add(parts[part], query);
    if (!textLeft) guess();
    draw();
  }

  function loadText() {
    if (textAsked) return;
    textAsked = true;
    textLeft = parts.length;
    parts.forEach((_, part) => load(`search/text-${part}.js?${version}`));
  }

  const add = (some, asked) =>
    hits.push(
      ...find(
        some.filter((entry) => !entry.score),
        asked,
      ),
    );

  /* ---- the dialog ---- */

  let dialog, input, row, status, lensNote, list, more, empty, opener;
  let query = null;
  let hits = [];
  let shown = []; // hits of the kinds chosen
  let active = null; // the hit Enter would open
  let moved = false; // an arrow key has gone into the list
  let limit = PAGE;
  let sure = 0; // so many hits are as typed; what is spelt differently stands below
  let instead = ""; // what was looked for when the query itself found nothing
  let drawn = new Map();
  const chosen = new Set();

  function make(tag, name, attributes = {}, ...children) {
    const element = document.createElement(tag);
    if (name !== null) element.className = "px-search" + name;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function build() {
    input = make("input", "__input", {
      type: "text",
      role: "combobox",
      "aria-label": gettext("Search this site"),
      "aria-controls": "px-search-list",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-describedby": "px-search-status",
      placeholder: gettext("Search this site"),
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "go",
    });
    const close = make("button", "__close", { type: "button", "aria-label": gettext("Close") }, "×");
    row = make("div", "__kinds", { role: "group", "aria-label": gettext("Show only"), hidden: "" });
    status = make("p", "__status", { role: "status", id: "px-search-status" });
    const everything = make("button", "__toggle", { type: "button" }, gettext("Show everything"));
    lensNote = make("p", "__lens", { hidden: "" }, make("span", null), " ", everything);
    list = make("div", "__list", {
      role: "listbox",
      id: "px-search-list",
      "aria-label": gettext("Results"),
      hidden: "",
    });
    const deeper = make("button", "__toggle", { type: "button" }, gettext("Search the text of all entries, too"));
    more = make("p", "__more", { hidden: "" }, deeper);
    deeper.addEventListener("click", () => {
      loadText();
      draw();
      input.focus();
    });
    empty = make(
      "p",
      "__empty",
      { hidden: "" },
      gettext("Try fewer or shorter words, or look it up in") + " ",
      make("a", null, { href: document.querySelector("[data-px-search]").href }, gettext("A–Z index")),
      ".",
    );
    dialog = make(
      "dialog",
      "",
      { "aria-label": gettext("Search") },
      make("div", "__bar", {}, input, close),
      row,
      status,
      lensNote,
      list,
      more,
      empty,
    );
    document.body.append(dialog);
    dialog.style.opacity = 0; // until its style is here; the box takes what is typed meanwhile
    const style = make("link", null, { rel: "stylesheet", href: new URL("search.css" + SCRIPT.search, SCRIPT) });
    style.onload = style.onerror = () => {
      dialog.style.opacity = "";
    };
    document.head.append(style);

    input.addEventListener("input", ask);
    everything.addEventListener("click", () => {
      document.querySelector("[data-px-lens-off]")?.click();
      ask();
      input.focus();
    });
    input.addEventListener("keydown", steer);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      // The dialog has no padding: a click that meets the element itself fell beside it.
      const leaves = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (leaves || event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => opener?.focus()); // not every browser focuses a button by a click
    list.addEventListener(
      "scroll",
      () => {
        if (list.scrollTop + 2 * list.clientHeight > list.scrollHeight && limit < shown.length) extend(limit + PAGE);
      },
      { passive: true },
    );
  }

  function open(from, value) {
    if (!dialog) {
      build();
      load("search-engine.js" + SCRIPT.search);
      load("search/names.js" + SCRIPT.search);
    }
    if (dialog.open) return;
    opener = from;
    input.value = value ?? (input.value || remembered());
    dialog.showModal();
    input.focus();
    input.select();
    ask();
  }

  // The query outlives the page, for going from result to result; private modes may refuse.
  function remembered(value) {
    try {
      if (value === undefined) return sessionStorage.getItem("px-search") || "";
      sessionStorage.setItem("px-search", value);
    } catch {
      /* then it is forgotten */
    }
    return "";
  }

  function ask() {
    remembered(input.value);
    if (entries) {
      query = engine.parse(input.value, entries);
      if (quoted === 1 && query.value.length >= LONG) {
        quoted = 2;
        load(`search/sentences.js?${version}`);
      }
      hits = engine.sentences(entries, query, hasLens());
      hits.push(...find(entries, query));
      sure = hits.length;
      instead = "";
      if (query.words.length && (isLight || !hits.length)) loadText();
      if (query.words.length && !textLeft) guess();
    }
    drawn = new Map();
    list.replaceChildren();
    restart();
  }

  // When all that is asked for has been searched: what is spelt nearly so, or what has a part of the words.
  function guess() {
    sure = hits.length;
    for (const other of engine.similar(entries, query)) {
      add(entries, other);
      if (hits.length > sure) break;
    }
    for (const other of hits.length ? [] : engine.fewer(entries, query)) {
      add(entries, other);
      if (hits.length) break;
    }
    if (hits.length && !sure) instead = hits[0].by.value;
  }

  function restart() {
    active = null;
    moved = false;
    limit = PAGE;
    list.scrollTop = 0;
    draw();
  }

  function drawKinds() {
    row.replaceChildren(
      ...kinds.map((kind, n) => {
        const button = make(
          "button",
          "__toggle",
          { type: "button", "aria-pressed": "false" },
          kind,
          " ",
          make("span", "__number"),
        );
        button.addEventListener("click", () => {
          if (!chosen.delete(n)) chosen.add(n);
          button.setAttribute("aria-pressed", chosen.has(n));
          restart();
        });
        return button;
      }),
    );
  }

  function draw() {
    const asked = input.value.trim();
    const busy = asked && !failed && (!entries || textLeft > 0 || quoted === 2);
    shown = chosen.size ? hits.filter((hit) => chosen.has(hit.kind)) : hits;
    active = shown.includes(active) ? active : shown[0];
    const counts = kinds.map(() => 0);
    for (const hit of hits) counts[hit.kind]++;
    [...row.children].forEach((button, n) => {
      button.hidden = !counts[n] && !chosen.has(n);
      button.lastChild.textContent = counts[n];
    });
    row.hidden = !hits.length;
    status.textContent = say(asked, busy);
    lensNote.hidden = !hasLens();
    if (hasLens()) {
      const left = asked && entries && !busy ? engine.count(entries, query) - sure : 0;
      lensNote.firstChild.textContent = left
        ? `${CHOSEN.lens} ${ngettext("1 more left out.", "%(n)s more left out.", left)}`
        : CHOSEN.lens;
    }
    more.hidden = !asked || !entries || textAsked || !parts.length;
    empty.hidden = !failed && (!asked || busy || hits.length > 0);
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", shown.length > 0);
    extend(limit);
    point();
  }

  function say(query, busy) {
    const asked = query.length > 80 ? `${query.slice(0, 80)}…` : query;
    if (failed) return gettext("The search index could not be loaded.");
    if (!asked)
      return gettext("Type words or a code, in any script; accents and tones may be left out, and initials will do.");
    if (!hits.length) return busy ? gettext("Loading …") : gettext("Nothing found for “%(asked)s”.", { asked });
    if (instead) return gettext("Nothing found for “%(asked)s”; shown instead: “%(instead)s”.", { asked, instead });
    if (hits.every((hit) => hit.isPart))
      return gettext("Nothing has all the words of “%(asked)s”; shown instead: entries whose names are part of it.", {
        asked,
      });
    return ngettext("1 result", "%(n)s results", shown.length) + (busy ? gettext(", still searching the text …") : "");
  }

  // Brings the list to `count` results; what stands there already is not touched, so that nothing
  // moves under a finger while parts of the text arrive.
  function extend(count) {
    limit = count;
    const wanted = shown.slice(0, count);
    wanted.forEach((hit, n) => {
      if (!drawn.has(hit)) drawn.set(hit, option(hit));
      const link = drawn.get(hit);
      if (engine.seen(hit, hit.text, hasLens()) && !link.dataset.text) {
        link.append(" ", make("span", "__text", {}, snippet(hit)));
        link.dataset.text = "1";
      }
      link.id = "px-search-" + n;
      link.setAttribute("aria-posinset", n + 1);
      link.setAttribute("aria-setsize", shown.length);
      if (list.children[n] !== link) list.insertBefore(link, list.children[n] || null);
    });
    while (list.children.length > wanted.length) list.lastChild.remove();
  }

  function point(scroll) {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    const link = drawn.get(active);
    if (!link) return input.removeAttribute("aria-activedescendant");
    link.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", link.id);
    if (scroll) link.scrollIntoView({ block: "nearest" });
  }

  function steer(event) {
    const { key, ctrlKey, metaKey, shiftKey } = event;
    if (event.isComposing || !active) return; // an input method is choosing characters
    const last = Math.min(shown.length, limit + 300) - 1; // End does not draw thousands
    const at = shown.indexOf(active);
    // Home and End belong to the text in the box until an arrow key has gone into the list.
    const moves = {
      ArrowDown: at < last ? at + 1 : 0,
      ArrowUp: at ? at - 1 : last,
      ...(moved && { Home: 0, End: last }),
    };
    if (key in moves && !ctrlKey && !metaKey && !event.altKey) {
      moved = true;
      active = shown[moves[key]];
      if (moves[key] >= limit) extend(moves[key] + PAGE);
      point(true);
    } else if (key === "Enter") {
      drawn
        .get(active)
        .dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    } else return;
    event.preventDefault();
  }

  /* ---- one result ---- */

  function option(hit) {
    const link = make("a", "__hit", {
      role: "option",
      href: new URL(hit.url, ROOT),
      tabindex: "-1",
      "aria-selected": "false",
    });
    const title = make("span", "__title", {}, marked(hit, hit.title));
    if (hit.code) title.prepend(make("span", "__code", {}, marked(hit, hit.code)), " ");
    const names = make("span", "__names");
    const plan = plans.find(([top]) => hit.url.startsWith(top));
    const kind = make("span", "__kind", {}, plan ? `${kinds[hit.kind]} · ${plan[1]}` : kinds[hit.kind]);
    link.append(title, " ", kind, " ", names);
    // One name in characters and one in Latin letters will do, unless another is what was found.
    const sorts = new Set();
    const note = (...words) => names.append(make("span", "__also", {}, ...words), " ");
    if (sure && hits.indexOf(hit) >= sure) note(gettext("spelt differently: %(words)s", { words: hit.by.value }));
    const isNamed = link.querySelector("mark");
    for (const [lang, name, syllables] of hit.names) {
      const span = make("span", "__name", { lang }, marked(hit, name, syllables));
      if (span.firstElementChild || !sorts.has(!syllables)) names.append(span, " ");
      sorts.add(!syllables);
    }
    const marks = [...names.querySelectorAll("mark")].map((mark) => mark.parentElement.lang);
    if (!link.querySelector("mark")) {
      const first = (texts) => texts.map((text) => marked(hit, text)).find((nodes) => nodes.querySelector("mark"));
      const alias = first(hit.aliases);
      const word = alias ? null : first(hit.words);
      if (alias) note(`${gettext("also:")} `, alias);
      if (word) note(`${gettext("found under:")} `, word);
    } else if (!isNamed && marks.every((lang) => hit.names.some((name) => name[0] === lang && name[2])))
      note(marks[0].startsWith("zh") ? gettext("found by its pinyin") : gettext("found by its romanization"));
    return link;
  }

  function snippet(hit) {
    const text = engine.seen(hit, hit.text, hasLens());
    const at = Math.min(engine.first(hit), text.length);
    const from = at > 60 ? Math.min(at, text.indexOf(" ", at - 50) + 1 || at - 20) : 0;
    const nodes = marked(hit, text.slice(from, from + 180));
    if (from) nodes.prepend("… ");
    if (from + 180 < text.length) nodes.append(" …");
    return nodes;
  }

  // `text` of a hit as a fragment, with what was found in <mark>.
  function marked(hit, text, syllables) {
    const flags = engine.touched(text, hit.by, syllables);
    const nodes = document.createDocumentFragment();
    for (let at = 0, end; at < text.length; at = end) {
      for (end = at + 1; end < text.length && flags[end] === flags[at];) end++;
      const piece = text.slice(at, end);
      nodes.append(flags[at] ? make("mark", null, {}, piece) : piece);
    }
    return nodes;
  }

  /* ---- ways in ---- */

  for (const opener of document.querySelectorAll("[data-px-search]")) opener.setAttribute("aria-haspopup", "dialog");

  document.addEventListener("click", (event) => {
    const from = event.target.closest("[data-px-search]");
    if (!from) return;
    event.preventDefault(); // it may be a link to A–Z, for those without JavaScript
    open(from);
  });

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key.length !== 1 || !CHOSEN.keys.includes(key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const field = target.closest?.("input, textarea, select");
    // The field of a closed dialog keeps the focus for one more frame.
    if (target.isContentEditable || field?.getClientRects().length) return;
    event.preventDefault();
    open(document.activeElement);
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) open(null, asked);
})();
