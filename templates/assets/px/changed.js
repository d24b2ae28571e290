/* Mark what changed since the reader's last visit. Which version was seen is kept in the reader's own browser and goes
   nowhere. Without this file, or without a store, no page lacks anything. */
(() => {
  "use strict";

  const script = document.currentScript;
  const data = window.pxChanges;
  if (!script || !data || !data.steps.length) return;
  const KEY = `px-seen-${data.plan}`;
  const latest = data.steps[0][0];
  let kept;

  function keep(seen) {
    kept = { seen, last: latest };
    localStorage.setItem(KEY, JSON.stringify(kept));
  }

  try {
    kept = JSON.parse(localStorage.getItem(KEY)) || {};
    if (kept.last !== latest) keep(kept.last || latest); // a first visit has seen everything
  } catch {
    return;
  }

  const root = new URL("../../", script.src).href;
  const changed = new Set(data.steps.flatMap(([version, paths]) => (version > kept.seen ? paths : [])));

  function isChanged(address) {
    if (!address.startsWith(root)) return false;
    const path = decodeURI(address.slice(root.length));
    return changed.has(path) || changed.has(path.split("#")[0]);
  }

  const main = document.getElementById("px-content");
  if (!main || !changed.size) return;
  let marked = 0;
  for (const link of main.querySelectorAll("a[href]")) {
    const inDrawing = typeof link.href !== "string"; // such a link stays as it is
    if (inDrawing || !isChanged(link.href) || link.querySelector(".px-changed__words")) continue;
    const words = document.createElement("span");
    words.className = "px-sr px-changed__words";
    words.textContent = ` (${data.words.link})`;
    link.classList.add("px-changed");
    link.append(words);
    marked++;
  }

  const pageIsChanged = isChanged(location.href.split("#")[0]);
  const heading = main.querySelector("h1");
  if (!heading || !(pageIsChanged || marked)) return;
  const note = document.createElement("p");
  const link = document.createElement("a");
  const button = document.createElement("button");
  note.className = "px-changed-note";
  link.href = root + data.page;
  link.textContent = data.words.all;
  button.type = "button";
  button.textContent = data.words.done;
  note.append(`${pageIsChanged ? data.words.page : data.words.some} `, link, " ", button);
  button.addEventListener("click", () => {
    try {
      keep(latest);
    } catch {
      /* the marks go all the same */
    }
    for (const words of main.querySelectorAll(".px-changed__words")) {
      words.parentNode.classList.remove("px-changed");
      words.remove();
    }
    note.remove();
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  });
  heading.after(note);
})();
