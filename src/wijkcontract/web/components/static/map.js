// The map on which one chooses sectors. The page is whole without it: the map is then a drawing and the list has checkboxes.
// With it: zoom and move (Leaflet carries the drawing of the server), click a sector to choose it, and read at once what it does.
(function () {
  "use strict";
  const frame = document.querySelector("[data-map]");
  const form = document.querySelector("[data-choice]");
  if (!frame || !form || !window.L) return;
  const drawing = frame.querySelector("svg");
  if (!drawing) return;
  const box = drawing.viewBox.baseVal;
  const live = drawing.cloneNode(true);
  live.removeAttribute("role");
  live.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  live.setAttribute("aria-hidden", "true");
  const holder = document.createElement("div");
  holder.setAttribute("role", "application");
  holder.setAttribute("aria-label", frame.dataset.map);
  frame.append(holder);
  frame.classList.add("is-live");
  const map = L.map(holder, { crs: L.CRS.Simple, attributionControl: false, zoomControl: false, zoomSnap: 0.25, minZoom: -2, maxZoom: 4, scrollWheelZoom: false });
  L.control.zoom({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" }).addTo(map);
  const bounds = [[0, 0], [box.height, box.width]];
  L.svgOverlay(live, bounds, { interactive: true }).addTo(map);
  map.fitBounds(bounds);
  map.setMaxBounds(L.latLngBounds(bounds).pad(0.25));
  new ResizeObserver(() => map.invalidateSize()).observe(holder);

  const shapes = new Map([...live.querySelectorAll("[data-code]")].map((shape) => [shape.dataset.code, shape]));
  const boxes = new Map([...form.querySelectorAll("input[name=sector]")].map((box) => [box.value, box]));

  // A drag ends with a click as well: only a press that stays in its place chooses.
  let pressed = null;
  live.addEventListener("pointerdown", (event) => { pressed = [event.clientX, event.clientY]; });
  live.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-code]");
    const box = shape && boxes.get(shape.dataset.code);
    if (!box || box.disabled || !pressed || Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > 6) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const kind of ["focusin", "pointerover"]) form.addEventListener(kind, (event) => near(event.target.closest("tr"), true));
  for (const kind of ["focusout", "pointerout"]) form.addEventListener(kind, (event) => near(event.target.closest("tr"), false));
  function near(row, on) {
    const box = row && row.querySelector("input[name=sector]");
    const shape = box && shapes.get(box.value);
    if (shape) shape.classList.toggle("is-near", on);
  }

  // What the choice does is asked of the server; only the newest answer counts.
  const state = document.querySelector("[data-state]");
  let asked = 0, waiting = 0;
  form.addEventListener("change", (event) => {
    if (event.target.name !== "sector") return;
    shapes.get(event.target.value)?.classList.toggle("is-in", event.target.checked);
    frame.classList.add("is-moved");
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 150);
  });
  async function refresh() {
    const number = ++asked;
    const chosen = new URLSearchParams();
    boxes.forEach((box, code) => { if (box.checked) chosen.append("sector", code); });
    const answer = await fetch(state.dataset.state + "?gekozen=1&" + chosen, { headers: { Accept: "text/html" } }).catch(() => null);
    if (number !== asked) return;
    if (!answer || !answer.ok) { state.textContent = "De stand van uw keuze is nu niet te berekenen. Uw keuze staat nog in de lijst."; return; }
    // The fragment is made by our own templates, which escape every name.
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    state.replaceChildren(...page.body.childNodes);
  }
})();
