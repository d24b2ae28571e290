/* Quotations of single statements, and what "Cite this page" says when the address points to one: its words, its
   label and its full address. Without this file the button of a statement leads to its address, and the page is
   cited as a whole. */
(() => {
  "use strict";

  const { gettext } = globalThis.pxWords;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = one(".px-cite");

  // A site that knows no address of its own is cited at the one it was read at.
  function addressOf(place) {
    if (/^https?:/.test(place) || !location.protocol.startsWith("http")) return place;
    return location.origin + location.pathname;
  }

  /* ---- quotations */

  const template = document.getElementById("px-quote");

  // What a statement says, with the languages of its words, and without its places and label.
  function wordsOf(statement) {
    const copy = statement.cloneNode(true);
    for (const aside of all(".px-qb,.px-loc,.px-ev,small,.px-card,ul", copy)) aside.remove();
    for (const each of all(":not([lang])", copy).reverse()) each.replaceWith(...each.childNodes);
    copy.normalize();
    for (const node of copy.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        node.data = node.data.replace(/\s+/g, " ").replace(/\s+(?=[.,;:])/g, "");
        if (!node.previousSibling) node.data = node.data.trimStart();
        if (!node.nextSibling) node.data = node.data.trimEnd();
      }
    }
    return [...copy.childNodes];
  }

  function compose(button) {
    const id = button.hash.slice(1);
    const card = template.content.firstElementChild.cloneNode(true);
    card.id += id;
    one(".px-card__x", card).setAttribute("popovertarget", card.id);
    const { pxTitle, pxLabel, pxRests, pxWords } = button.dataset;
    const statement = document.getElementById(decodeURIComponent(id));
    const told = { title: [pxTitle], label: [pxLabel], rests: [pxRests] };
    told.words = pxWords ? [pxWords] : wordsOf(statement);
    for (const [name, words] of Object.entries(told)) one(`.px-quote__${name}`, card).append(...words);
    const place = one(".px-quote__place", card);
    place.textContent = addressOf(place.textContent.slice(0, -1)) + button.hash;
    const fault = one(".px-fault a", card);
    if (fault) fault.href += encodeURIComponent(id); // its subject ends with the place
    card.addEventListener("toggle", (event) => button.classList.toggle("is-on", event.newState === "open"));
    addCopying(card);
    document.getElementById("px-content").append(card);
    return card;
  }

  function quotationOf(id) {
    const button = template && one(`a.px-qb[href="#${CSS.escape(id)}"]`);
    return document.getElementById(`quote-${id}`) || (button && compose(button));
  }

  async function copy(text, card) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea"); // of pages that are not served securely
    area.value = text;
    card.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function addCopying(card) {
    const status = document.createElement("span");
    status.className = "px-sr";
    status.setAttribute("role", "status");
    for (const button of all("[data-px-copy]", card)) {
      const words = button.textContent;
      button.addEventListener("click", async () => {
        const part = button.dataset.pxCopy === "link" ? ".px-quote__place" : ".px-quote";
        await copy(one(part, card).textContent.replace(/\s+/g, " ").trim(), card);
        button.textContent = gettext("Copied");
        status.textContent = gettext("Copied to clipboard");
        setTimeout(() => {
          button.textContent = words;
          status.textContent = "";
        }, 2000);
      });
      button.after(status);
    }
  }

  const canQuote = template && "showPopover" in HTMLElement.prototype;
  for (const button of canQuote ? all("a.px-qb") : []) button.setAttribute("role", "button");
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("a.px-qb");
    if (!button || !canQuote) return;
    event.preventDefault();
    const card = quotationOf(decodeURIComponent(button.hash.slice(1)));
    button.style.anchorName = card.style.positionAnchor = `--${card.id}`;
    card.showPopover();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches?.('a.px-qb[role="button"]')) return;
    event.preventDefault();
    event.target.click();
  });

  /* ---- how to cite the page, or the statement that the address points to */

  if (!box) return;
  const { pxPlace, pxNote } = box.dataset;
  const note = Object.assign(document.createElement("p"), {
    className: "px-note",
    textContent: gettext("This cites the one statement that the address points to."),
  });
  const TEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const plain = (text) => text;
  const escapes = {
    bibtex: (text) => text.replace(/[\\{}&%#_$~^]/g, (sign) => TEX[sign] || `\\${sign}`),
    json: (text) => JSON.stringify(text).slice(1, -1),
  };
  const texts = all("code,p", box).flatMap((element) => {
    const format = /language-(\w+)/.exec(element.className)?.[1];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes.map((node) => [node, node.data, escapes[format] || plain]);
  });
  const noted = one(".px-cite__note", box);
  one("summary", box).after(note);

  function cite() {
    const id = window.pxPlaceInAddress(); // of theme.js
    const quotation = id && quotationOf(id);
    const part = (name) => one(`.px-quote__${name}`, quotation).textContent;
    const said = quotation
      ? gettext("“%(words)s” [%(rests)s].", { words: part("words"), rests: part("rests") })
      : pxNote;
    const address = addressOf(pxPlace) + (quotation ? `#${id}` : "");
    for (const [node, text, escape] of texts) {
      node.data = text.replaceAll(pxPlace, () => address).replace(escape(pxNote) || /(?!)/, () => escape(said));
    }
    noted.textContent = said;
    note.hidden = !quotation;
  }

  addEventListener("hashchange", cite);
  cite();
})();
