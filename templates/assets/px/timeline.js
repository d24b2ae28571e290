/* The events of the timeline: kinds and labels to choose from, kept by form-state.js.
   Without this file all of them are shown. */
(() => {
  "use strict";

  const html = document.documentElement;
  const form = document.querySelector(".px-kinds");
  if (!form) return;
  const state = window.pxFormState(form);
  const status = form.querySelector("[role=status]");
  const years = [...document.querySelectorAll(".px-events")];
  const links = new Map([...document.querySelectorAll(".px-years a")].map((link) => [link.hash.slice(1), link]));
  const boxes = [...form.elements.kind];
  const events = [...document.querySelectorAll(".px-event")];
  const empty = document.querySelector(".px-empty");

  // What the date of an event rests on; under the lens, of one that is shown.
  const labelOf = (event) => (html.dataset.lens && event.querySelector(".px-when.px-off") ? "" : event.dataset.label);

  // What can be chosen, with the lens on or off.
  function offer() {
    const left = events.filter((event) => !html.dataset.lens || !event.classList.contains("px-off"));
    for (const box of boxes) state.offer(box, (kind) => left.some((event) => event.dataset.kind === kind));
    state.offer(form.label, (label) => left.some((event) => labelOf(event) === label));
  }

  function apply() {
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const label = form.label.value;
    let [shown, total] = [0, 0];
    for (const year of years) {
      let within = 0;
      for (const event of year.querySelectorAll(".px-event")) {
        const { kind } = event.dataset;
        event.hidden = (kind && !kinds.has(kind)) || (label && label !== labelOf(event));
        if (html.dataset.lens && event.classList.contains("px-off")) continue;
        total += 1;
        within += !event.hidden;
      }
      year.hidden = !year.querySelector(".px-event:not([hidden])");
      const link = links.get(year.querySelector("h2").id);
      if (link) link.parentElement.hidden = year.hidden;
      shown += within;
    }
    empty.hidden = shown > 0 || !total;
    status.textContent = status.dataset.pxCount.replace("{0}", shown).replace("{1}", total);
  }

  // A link to what is chosen chooses it; a link to an event that is filtered away shows it.
  function follow() {
    if (state.isKept() || !location.hash) {
      state.restore();
      apply();
      return;
    }
    const target = document.querySelector(":target");
    const event = target && target.closest(".px-event,.px-events");
    if (event && event.checkVisibility && !event.checkVisibility()) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
  }

  form.addEventListener("input", () => {
    apply();
    state.save();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  empty.querySelector("button").addEventListener("click", () => {
    form.reset();
    apply();
    state.save();
    boxes[0].focus();
  });
  state.keepOnSteps(links.values());
  addEventListener("hashchange", follow);
  new MutationObserver(() => {
    offer();
    apply();
    if (state.isKept()) state.save();
  }).observe(html, { attributeFilter: ["data-lens"] });
  form.hidden = false;
  offer();
  state.restore();
  if (state.isKept()) state.save(); // without what is not offered
  apply();
})();
