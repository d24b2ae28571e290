/* Plan Explorer, the long table: find, narrow, sort, count; the state stands in the address after "#?". */
(function () {
  "use strict";
  var d = document, list = function (s, e) { return [].slice.call(e.querySelectorAll(s)); };
  var norm = function (s) { return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  list("[data-px-filter]", d).forEach(function (box) {
    var form = box.querySelector("form"), table = box.querySelector("table"), empty = box.querySelector(".px-empty"), says = form && form.querySelector("[role=status]");
    if (!form || !table) return;
    var groups = list("tbody", table), rows = list("tbody tr:not(.px-g)", table), selects = list("select", form), flat, order = "";
    rows.forEach(function (r, i) { r.pxText = norm(r.textContent); r.pxAt = i; });

    function matches(r, words) {
      return words.every(function (w) { return r.pxText.indexOf(w) >= 0; }) &&
        selects.every(function (s) { return !s.value || (" " + r.getAttribute("data-" + s.name) + " ").indexOf(" " + s.value + " ") >= 0; });
    }
    function apply(save) {
      var words = norm(form.q.value).split(/\s+/).filter(Boolean), count = 0;
      rows.forEach(function (r) { r.hidden = !matches(r, words); if (!r.hidden) count++; });
      groups.forEach(function (g) { g.hidden = Boolean(flat) || !g.querySelector("tr:not(.px-g):not([hidden])"); });
      empty.hidden = count > 0; table.hidden = !count;
      says.textContent = says.dataset.pxCount.replace("{0}", count).replace("{1}", rows.length);
      if (save) keep();
    }
    function keep() {
      var state = new URLSearchParams();
      [form.q].concat(selects).forEach(function (f) { if (f.value) state.set(f.name, f.value); });
      if (order) state.set("sort", order);
      var text = state.toString();
      try { history.replaceState(null, "", text ? "#?" + text : location.pathname + location.search); } catch (e) { /* some browsers bar it in a folder */ }
    }
    function read() {
      var state = new URLSearchParams(location.hash.indexOf("#?") === 0 ? location.hash.slice(2) : "");
      [form.q].concat(selects).forEach(function (f) { f.value = state.get(f.name) || ""; if (f.selectedIndex < 0) f.selectedIndex = 0; });
      sort(state.get("sort") || "");
    }

    var heads = list("thead th", table);
    function value(r, at, kind) {
      var cell = r.cells[at], text = cell.textContent.trim();
      return cell.classList.contains("px-no") || !text ? "\uffff" : kind === "place" ? text.replace(/\d+/g, function (n) { return ("0000" + n).slice(-5); }) : text;
    }
    function sort(by) {
      var at = parseInt(by, 10) - 1, down = by.slice(-1) === "d", head = heads[at], kind = head && head.dataset.pxSort;
      order = kind ? by : "";
      heads.forEach(function (h) { h.removeAttribute("aria-sort"); });
      if (!kind) {
        if (flat) { rows.forEach(function (r) { r.pxHome.append(r); }); flat.remove(); flat = null; }
        return;
      }
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      if (!flat) { rows.forEach(function (r) { r.pxHome = r.parentNode; }); flat = d.createElement("tbody"); table.append(flat); }
      var keys = new Map(rows.map(function (r) { return [r, value(r, at, kind)]; }));
      rows.slice().sort(function (a, b) {
        var x = keys.get(a), y = keys.get(b);
        if ((x === "\uffff") !== (y === "\uffff")) return x === "\uffff" ? 1 : -1;             // what says nothing stands last
        return (x.localeCompare(y, d.documentElement.lang, { numeric: true }) || a.pxAt - b.pxAt) * (down ? -1 : 1);
      }).forEach(function (r) { flat.append(r); });
    }
    heads.forEach(function (h, at) {
      if (!h.dataset.pxSort) return;
      var b = Object.assign(d.createElement("button"), { type: "button", textContent: h.textContent });
      h.textContent = ""; h.append(b);
      b.addEventListener("click", function () {
        var was = h.getAttribute("aria-sort"), n = String(at + 1);
        sort(was === "ascending" ? n + "d" : was === "descending" ? "" : n); apply(true);
      });
    });
    form.addEventListener("input", function () { apply(true); });
    form.addEventListener("submit", function (e) { e.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { sort(""); apply(true); }); });
    empty.querySelector("button").addEventListener("click", function () { form.reset(); form.q.focus(); });
    addEventListener("hashchange", function () { if (location.hash.indexOf("#?") === 0) { read(); apply(); } });
    read(); form.hidden = false; apply();
  });
})();
