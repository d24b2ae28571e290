/* Plan Explorer: mark what changed since the reader's last visit. Which version was seen is kept in the reader's own
   browser and goes nowhere. Without this file, or without a store, no page lacks anything. */
(function () {
  "use strict";
  var d = document, script = d.currentScript, data = window.pxChanges;
  if (!script || !data || !data.steps.length) return;
  var key = "px-seen-" + data.plan, now = data.steps[0][0], kept;
  function keep(seen) { kept = { seen: seen, last: now }; localStorage.setItem(key, JSON.stringify(kept)); }
  try {
    kept = JSON.parse(localStorage.getItem(key)) || {};
    if (kept.last !== now) keep(kept.last || now);                       // a first visit has seen everything
  } catch (e) { return; }

  var root = new URL("../../", script.src).href, changed = {}, marked = 0;
  data.steps.forEach(function (step) { if (step[0] > kept.seen) step[1].forEach(function (path) { changed[path] = 1; }); });
  function path(address) { return address.indexOf(root) === 0 ? decodeURI(address.slice(root.length)) : null; }
  function is(address) { var p = path(address); return p !== null && (changed[p] || changed[p.split("#")[0]]); }

  var main = d.getElementById("px-content");
  if (!main || !Object.keys(changed).length) return;
  [].forEach.call(main.querySelectorAll("a[href]"), function (a) {       // links within drawings stay as they are
    if (typeof a.href !== "string" || !is(a.href) || a.querySelector(".px-changed__words")) return;
    var words = d.createElement("span");
    words.className = "px-sr px-changed__words"; words.textContent = " (" + data.words.link + ")";
    a.classList.add("px-changed"); a.appendChild(words); marked++;
  });
  var own = is(location.href.split("#")[0]), head = main.querySelector("h1");
  if (!head || !(own || marked)) return;
  var note = d.createElement("p"), link = d.createElement("a"), done = d.createElement("button");
  note.className = "px-changed-note";
  link.href = root + data.page; link.textContent = data.words.all;
  done.type = "button"; done.textContent = data.words.done;
  note.append((own ? data.words.page : data.words.some) + " ", link, " ", done);
  done.addEventListener("click", function () {
    try { keep(now); } catch (e) { /* the marks go all the same */ }
    [].forEach.call(main.querySelectorAll(".px-changed__words"), function (s) { s.parentNode.classList.remove("px-changed"); s.remove(); });
    note.remove(); head.setAttribute("tabindex", "-1"); head.focus();
  });
  head.after(note);
})();
