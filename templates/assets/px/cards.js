/* Cards of links: what a sentence, an item, an actor or a term says. Under the pointer, on focus, or by a
   tap, which opens a sheet and leaves the second tap to the link. Escape closes; the pointer may move onto
   the card (WCAG 1.4.13). */
(() => {
  "use strict";

  const { gettext, ngettext } = globalThis.pxWords;
  const html = document.documentElement;
  const main = document.getElementById("px-content");
  const data = window.PX_CARDS;
  const script = document.currentScript;
  const root = new URL("../../", script.src).href;
  const narrow = matchMedia("(max-width:44.98em)");
  const lensShows = ["stated", "silence"];
  const OPEN_AFTER = 140;
  const CLOSE_AFTER = 250;
  let card = null;
  let owner = null; // the link that the card belongs to
  let timer;
  let closing = false; // the link gets the focus back, and its card stays closed

  function make(tag, className, ...inside) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  }

  function link(words, href) {
    const element = make("a", "", words);
    element.href = href;
    return element;
  }

  /* ---- what a link leads to, and the script that holds it */

  function placeOf(anchor) {
    const url = new URL(anchor.href.baseVal ?? anchor.href, document.baseURI);
    if (!url.href.startsWith(root)) return null;
    const path = decodeURI(url.href.slice(root.length).split(/[?#]/)[0]);
    return [path, decodeURIComponent(url.hash.slice(1))];
  }

  function shardOf(path) {
    let value = 0;
    for (let at = 0; at < path.length; at++) value = (Math.imul(value, 31) + path.charCodeAt(at)) >>> 0;
    return value % data.shards;
  }

  const loading = {};

  function load(number) {
    loading[number] ??= new Promise((resolve) => {
      const element = document.createElement("script");
      element.src = `${root}assets/px/cards/${number}.js`;
      element.onload = element.onerror = resolve;
      document.head.append(element);
    });
    return loading[number];
  }

  // A folder may be named with or without its page: "a/" and "a/index.html" are one.
  async function find(anchor) {
    const place = placeOf(anchor);
    if (!place) return null;
    const [path, id] = place;
    const paths = /(^|\/)$/.test(path) ? [path, `${path}index.html`] : [path];
    await Promise.all(paths.map((each) => load(shardOf(each))));
    for (const each of paths) {
      const page = data[shardOf(each)]?.[each];
      if (page) return cardOf(page, id, anchor);
    }
    return null;
  }

  function cardOf(page, id, anchor) {
    if (page[id]) return page[id].source ? passage(page[id], id) : entry(page[id]);
    const parts = /^(.+)-s(\d+)$/.exec(id);
    const held = parts && page[parts[1]];
    if (!held?.source) return null;
    const first = Number(parts[2]);
    const last = Number(/[–-](\d+)\D*$/.exec(anchor.textContent)?.[1] ?? first);
    return held.sentences[first - 1] ? sentence(held, id, first, Math.max(first, last)) : null;
  }

  /* ---- what a card says */

  const ownCopy = () => {
    if (html.pxOwn) return html.pxOwn;
    try {
      return JSON.parse(sessionStorage.getItem(`px-own:${new URL(root).pathname}`)) || {};
    } catch {
      return {};
    }
  };

  function head(...inside) {
    const close = make("button", "px-card__x", "×");
    close.type = "button";
    close.setAttribute("aria-label", gettext("Close"));
    close.addEventListener("click", leave);
    return make("div", "px-card__h", ...inside, close);
  }

  // As unspaced.py has it: a blank between, if the script has one there.
  const beside = (first, second) =>
    first + (/[\p{sc=Han}\d]$/u.test(first) && /^\p{sc=Han}/u.test(second) ? "" : " ") + second;

  function words(said, source, own) {
    const counted = (number) =>
      said.unit ? ngettext("1 character", "%(n)s characters", number) : ngettext("1 word", "%(n)s words", number);
    const shown = (Object.hasOwn(own, said.print) && own[said.print]) || said.text;
    let line;
    if (shown) line = make("p", "px-orig", shown);
    else if (!said.opening)
      return make(
        "p",
        "px-card__soft",
        gettext("%(number)s. The text is not shown here.", { number: counted(said.words) }),
      );
    else {
      line = make("p", "px-orig", said.opening);
      if (said.hidden) line.append(" ", make("i", "", `… ${counted(said.hidden)} …`));
      if (said.closing) line.append(" ", said.closing);
    }
    if (source.language) line.lang = source.language;
    return line;
  }

  // Widths in percent leave one pixel between sentences, as the strips of pages do.
  function strip(sentences, first, last) {
    const SVG = "http://www.w3.org/2000/svg";
    const draw = (tag, attributes) => {
      const element = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    const total = sentences.reduce((sum, each) => sum + each.words, 0);
    const bar = draw("svg", { class: "px-pic px-strip", width: "100%", "aria-hidden": "true" });
    let start = 0;
    sentences.forEach((each, at) => {
      const marked = at + 1 >= first && at < last;
      const width = (100 * each.words) / total;
      const cell = draw("svg", { class: marked ? "px-mark" : "px-full", x: `${start}%`, width: `${width}%` });
      cell.append(draw("rect", { x: at ? 1 : 0, y: marked ? 0 : 2, width: "100%", height: "100%" }));
      bar.append(cell);
      start += width;
    });
    return bar;
  }

  // The words at both ends find the sentence in the document: #:~:text=first,last
  function fragment(address, said) {
    const part = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
    if (!said.opening) return address;
    const ends = [said.opening, said.closing].filter(Boolean).map(part).join(",");
    return `${address}${address.includes("#") ? "" : "#"}:~:text=${ends}`;
  }

  function originals(source, said) {
    const links = [];
    if (source.url)
      links.push(link(gettext("Open in %(source)s ↗", { source: source.noun }), fragment(source.url, said)));
    if (source.archived) links.push(link(gettext("Archived copy ↗"), fragment(source.archived, said)));
    return links;
  }

  // How many entries rest on any of some places; under the lens, how many say there what the source says.
  function rests(places, them = false) {
    const uses = places.flatMap((each) => (html.dataset.lens ? each.stated : each.uses) || []);
    const number = new Set(uses).size;
    if (!number) return them ? gettext("No entry rests on them.") : gettext("No entry rests on it.");
    return them
      ? ngettext("1 entry of this site rests on them.", "%(n)s entries of this site rest on them.", number)
      : ngettext("1 entry of this site rests on it.", "%(n)s entries of this site rest on it.", number);
  }

  function sentence(held, id, first, last) {
    const source = data.sources[held.source];
    const { sentences } = held;
    const numbers = last > first ? `${first}–${last}` : first;
    const noun = last > first ? source.sentences : source.sentence;
    const name = beside(held.name, `${source.short || ""}${numbers}${source.close || ""}`);
    const place = { noun: noun[0].toUpperCase() + noun.slice(1), numbers, total: sentences.length };
    const where = gettext("%(noun)s %(numbers)s of %(total)s", place);
    const own = ownCopy();
    const chosen = sentences.slice(first - 1, last);
    const body = make("div", "px-card__b", ...chosen.map((each) => words(each, source, own)));
    body.append(strip(sentences, first, last));
    const licence = source.licence ? `${source.licence}. ` : "";
    body.append(make("p", "px-card__soft", licence + rests(chosen, last > first)));
    const title = held.title ? gettext("%(place)s, “%(title)s”", { place: where, title: held.title }) : where;
    const here = link(gettext("Read in its place"), new URL(owner.href.baseVal ?? owner.href, document.baseURI).href);
    return [
      head(make("b", "", source.prefix ? beside(source.prefix, name) : name), make("span", "", title)),
      body,
      make("div", "px-card__f", here, ...originals(source, chosen[0])),
    ];
  }

  function passage(held) {
    const source = data.sources[held.source];
    const number = held.sentences.length;
    const body = make("div", "px-card__b");
    if (held.title) body.append(make("p", "px-card__t", held.title));
    if (held.words) body.append(make("p", "", held.words));
    body.append(strip(held.sentences, 0, 0));
    body.append(make("p", "px-card__soft", rests([held, ...held.sentences])));
    const name = source.prefix ? beside(source.prefix, held.name) : held.name;
    return [
      head(
        make("b", "", name),
        make("span", "", beside(`${number}`, number === 1 ? source.sentence : source.sentences)),
      ),
      body,
      make("div", "px-card__f", ...originals(source, held.sentences[0])),
    ];
  }

  function entry({ kind, code, hue, title, names, words: said, status, place, other, more, statedMore }) {
    const heading = make("p", "px-card__t");
    if (code) heading.append(make("span", `px-code${hue === undefined ? "" : ` px-h-${hue}`}`, code), " ");
    heading.append(title);
    const body = make("div", "px-card__b", heading);
    if (names) {
      const line = make("p", "px-card__n");
      for (const [lang, name] of names) {
        const span = make("span", "", name);
        span.lang = lang;
        line.append(span, " ");
      }
      body.append(line);
    }
    const leftOut = html.dataset.lens && status && !lensShows.includes(status);
    if (said && !leftOut) body.append(make("p", "", said));
    const foot = make("div", "px-card__f");
    if (status) foot.append(make("span", `px-ev px-ev--${status}`, data.labels[status]));
    if (place) {
      const chip = link(place[0], root + place[1]);
      chip.className = other ? "px-loc px-loc--other" : "px-loc";
      foot.append(chip);
    }
    const told = (html.dataset.lens ? statedMore : more) ?? more;
    if (told) foot.append(make("span", "", told));
    if (leftOut) body.append(make("p", "px-card__soft", gettext("Left out: only what the source says is shown.")));
    return [head(make("span", "", kind)), body, ...(foot.childNodes.length ? [foot] : [])];
  }

  /* ---- when it is shown, and where */

  function hide() {
    clearTimeout(timer);
    card?.remove();
    owner?.classList.remove("is-on");
    owner?.removeAttribute("aria-describedby");
    card = null;
    owner = null;
  }

  function leave() {
    const back = card.contains(document.activeElement) ? owner : null;
    closing = true;
    hide();
    back?.focus({ preventScroll: true });
    closing = false;
  }

  function hideSoon() {
    clearTimeout(timer);
    if (!card?.classList.contains("px-card--sheet")) timer = setTimeout(hide, CLOSE_AFTER);
  }

  const headerEnd = () => Math.max(0, document.querySelector(".px-header")?.getBoundingClientRect().bottom ?? 0);

  // Below the link, or above it where there is more room; never over the header, never over the link.
  function place() {
    const boxes = owner.getClientRects();
    const line = boxes[boxes.length - 1] || owner.getBoundingClientRect();
    const above = (boxes[0] || line).top - headerEnd() - 14;
    const below = innerHeight - line.bottom - 14;
    const under = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${Math.max(96, under ? below : above)}px`;
    const top = under ? line.bottom + 6 : (boxes[0] || line).top - card.offsetHeight - 6;
    const start = html.dir === "rtl" ? line.right + 8 - card.offsetWidth : line.left - 8;
    const left = Math.max(8, Math.min(start, html.clientWidth - card.offsetWidth - 12));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  // A sheet leaves the link in view above it.
  function clear() {
    const hidden = owner.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
    if (hidden > 0) scrollBy({ top: hidden, behavior: "instant" });
  }

  async function show(anchor, tapped = false) {
    clearTimeout(timer);
    if (owner === anchor && card) return true;
    hide();
    owner = anchor;
    const parts = await find(anchor);
    if (owner !== anchor || card) return true; // something else was reached meanwhile
    if (!parts) {
      owner = null;
      return false;
    }
    const sheet = tapped || narrow.matches;
    card = make("div", `px-card${sheet ? " px-card--sheet" : ""}`, ...parts);
    const hue = /px-h-\d+/.exec(anchor.closest("[class*=px-h-]")?.getAttribute("class") ?? "");
    if (hue) card.classList.add(hue[0]);
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", gettext("Preview"));
    const body = card.querySelector(".px-card__b");
    body.id = "px-card-words";
    anchor.setAttribute("aria-describedby", body.id);
    anchor.removeAttribute("title");
    anchor.classList.add("is-on");
    if (card.showPopover) {
      card.popover = "manual"; // above everything, and yet next to its link for the keyboard
      (anchor.closest("svg") || anchor).after(card);
      card.showPopover();
    } else main.append(card);
    if (sheet) clear();
    else place();
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", hideSoon);
    return true;
  }

  // In reading mode a link lights up its sentences instead; the map has a place of its own for what is pointed at.
  const linkOf = (event) => {
    const anchor = event.target.closest?.("#px-content a[href]:not(.headerlink)");
    return anchor && !anchor.closest(".px-card,.px-its,.px-map,.px-pars,.px-s,[popover]") ? anchor : null;
  };

  document.addEventListener("pointerover", (event) => {
    const anchor = linkOf(event);
    if (!anchor || event.pointerType === "touch") return;
    clearTimeout(timer);
    if (anchor !== owner) timer = setTimeout(show, OPEN_AFTER, anchor);
  });
  document.addEventListener("pointerout", (event) => linkOf(event) && hideSoon());
  document.addEventListener("focusin", (event) => {
    const anchor = linkOf(event);
    if (closing) return;
    if (anchor?.matches(":focus-visible")) show(anchor);
    else if (card && anchor !== owner && !card.contains(event.target)) hide();
  });

  async function tap(anchor) {
    if (!(await show(anchor, true))) location.assign(anchor.href.baseVal ?? anchor.href);
  }

  document.addEventListener("click", (event) => {
    const anchor = linkOf(event);
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.defaultPrevented;
    if (anchor && plain && event.pointerType === "touch" && anchor !== owner && placeOf(anchor)) {
      event.preventDefault();
      tap(anchor);
    } else if (card && !card.contains(event.target)) hide();
  });
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !card) return;
      event.stopPropagation();
      leave();
    },
    true,
  );
  addEventListener(
    "scroll",
    () => {
      const sheet = card?.classList.contains("px-card--sheet");
      if (card && !sheet && card.getBoundingClientRect().top < headerEnd()) hide();
    },
    { passive: true },
  );

  // What was reached while this file was on its way
  html.pxCardsReady?.();
  const first = html.pxFirst;
  if (first && html.pxTapped) tap(first);
  else if (first && linkOf({ target: first }) && first.matches(":hover,:focus-visible")) show(first);
})();
