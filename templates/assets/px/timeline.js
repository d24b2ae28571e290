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

  function apply() {
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const label = form.label.value;
    let [shown, total] = [0, 0];
    for (const year of years) {
      let within = 0;
      for (const event of year.querySelectorAll(".px-event")) {
        const { kind, label: rests } = event.dataset;
        event.hidden = (kind && !kinds.has(kind)) || (label && label !== rests);
        if (html.dataset.lens && event.classList.contains("px-off")) continue;
        total += 1;
        within += !event.hidden;
      }
      year.hidden = !year.querySelector(".px-event:not([hidden])");
      const link = links.get(year.querySelector("h2").id);
      if (link) link.parentElement.hidden = year.hidden;
      shown += within;
    }
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
  state.keepOnSteps(links.values());
  addEventListener("hashchange", follow);
  new MutationObserver(apply).observe(html, { attributeFilter: ["data-lens"] });
  form.hidden = false;
  state.restore();
  apply();
})();
