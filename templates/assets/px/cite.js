/* A link to every statement, copied by a click; and what "Cite this page" says when the address points
   to one statement: that one, at its full address. Without this file the page is cited as a whole. */
(() => {
  "use strict";

  const config = document.getElementById("px-config");
  const WORDS = config ? JSON.parse(config.textContent).words : {};
  const STATEMENT = /(?:^|-)s(?:\d+|-[0-9a-f]{6}(?:-\d+)?)$/;
  const status = Object.assign(document.createElement("span"), { className: "px-sr" });
  status.setAttribute("role", "status");

  for (const said of document.querySelectorAll("#px-content :is(li, p)[id]")) {
    if (!STATEMENT.test(said.id) || said.closest(".px-para, .px-removed")) continue;
    const link = Object.assign(document.createElement("a"), {
      className: "headerlink",
      href: "#" + said.id,
      textContent: "#",
    });
    link.setAttribute("aria-label", WORDS.copy_link);
    link.title = WORDS.copy_link;
    link.addEventListener("click", () => {
      navigator.clipboard?.writeText(link.href).then(() => {
        status.textContent = WORDS.copied;
        setTimeout(() => {
          status.textContent = "";
        }, 2000);
      });
    });
    const inner = [...said.children].find((child) => child.tagName === "P") || said;
    const before = inner.querySelector(":scope > :is(ul, ol)"); // sides of a dispute
    inner.insertBefore(link, before);
    if (before) link.after(" ");
    else link.before(" ");
  }
  document.body.append(status);

  const box = document.querySelector(".px-cite");
  if (!box) return;
  const { pxPlace: place, pxPlaces: places } = box.dataset;
  const note = Object.assign(document.createElement("p"), { className: "px-note", textContent: WORDS.cites });
  const texts = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push([walker.currentNode, walker.currentNode.data]);
  box.prepend(note);

  function cite() {
    const id = decodeURIComponent(location.hash.slice(1));
    const there = STATEMENT.test(id) ? document.getElementById(id) : null;
    const said = there?.closest(".px-removed") ? null : there;
    // A site that knows no address of its own is cited at the one it was read at.
    const known = /^https?:/.test(place) || !location.protocol.startsWith("http");
    const address = (known ? place : location.origin + location.pathname) + (said ? "#" + id : "");
    const chips = said ? [...said.querySelectorAll(".px-loc")].map((chip) => chip.textContent).join(", ") : "";
    for (const [node, text] of texts) {
      node.data = text
        .replaceAll(place, () => address)
        .replace(places || /(?!)/, () => (said ? chips || places : places));
    }
    note.hidden = !said;
  }

  addEventListener("hashchange", cite);
  cite();
})();
