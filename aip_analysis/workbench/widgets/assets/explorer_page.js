// The explorer in the browser. It keeps no state of its own: what is chosen and what is seen are
// traits of the widget, and every change of them is shown as a whole.

const PART = ["map", "chart"];
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
// Only the shapes of places take part in pointing; labels and circles lie above them.
const PICTURE = `
  svg { display: block; width: 100%; height: auto; }
  text, circle, line, rect, path:not([id]), use:not([data-place]) { pointer-events: none; }
  [data-place] { pointer-events: all; cursor: pointer; }
  [data-place]:is(:hover, :focus) { stroke: #0f4c5c; stroke-width: 3px; outline: none; }
`;

function element(tag, className, parent, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function render({ model, el }) {
  const words = model.get("words");
  const root = element("div", "aip-explorer", el);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", words.title);
  const controls = element("div", "controls", root);
  const sentence = element("p", "sentence", root);
  sentence.setAttribute("role", "status");
  const views = element("div", "views", root);
  const picture = {};
  for (const part of PART) {
    const host = element("div", part, views);
    picture[part] = host.attachShadow({ mode: "open" });
  }
  const table = element("div", "table", views);
  const code = element("div", "code", root);
  const codeHead = element("p", "", code, words.code);
  const copy = element("button", "jupyter-button", codeHead, words.copy);
  const lines = element("pre", "", code);
  const files = element("p", "files", root);
  const said = element("p", "said", root);
  said.setAttribute("role", "status");

  const choose = (more) => {
    const chosen = { ...model.get("chosen"), ...more };
    model.set("chosen", chosen);
    model.save_changes();
  };

  const choosePlace = (key) => {
    const ward = model.get("offers").find((offer) => offer.name === "place").groups[0][1][0][1];
    choose({ place: key === model.get("chosen").place ? ward : key });
  };

  const selects = {};
  const select = (offer) => {
    const label = element("label", "", controls, offer.label);
    const made = element("select", "", label);
    made.addEventListener("change", () => choose({ [offer.name]: made.value }));
    selects[offer.name] = made;
    return made;
  };

  const showOffers = () => {
    for (const offer of model.get("offers")) {
      const list = selects[offer.name] || select(offer);
      const groups = JSON.stringify(offer.groups);
      if (list.dataset.groups !== groups) {
        list.dataset.groups = groups;
        list.replaceChildren();
        for (const [name, options] of offer.groups) {
          const into = name ? element("optgroup", "", list) : list;
          if (name) into.label = name;
          for (const [text, value] of options) into.append(new Option(text, value));
        }
      }
      list.disabled = offer.disabled;
      list.value = model.get("chosen")[offer.name];
    }
  };

  const showMap = () => {
    const seen = model.get("seen");
    const focused = picture.map.activeElement !== null;
    for (const part of PART) {
      picture[part].host.hidden = !seen[part];
      picture[part].innerHTML = seen[part] ? `<style>${PICTURE}</style>${seen[part]}` : "";
    }
    const { place } = model.get("chosen");
    const shapes = seen.places.flatMap(([key, label]) => {
      const shape = picture.map.querySelector(`[data-place="${key}"]`);
      if (!shape) return [];
      shape.setAttribute("role", "button");
      shape.setAttribute("aria-label", label);
      shape.setAttribute("aria-pressed", String(key === place));
      shape.setAttribute("tabindex", "-1");
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = label;
      shape.append(title);
      return [shape];
    });
    // One stop of the Tab key: from there, the arrow keys lead from place to place.
    const first = shapes.find((shape) => shape.dataset.place === place) || shapes[0];
    if (first) first.setAttribute("tabindex", "0");
    if (first && focused) first.focus();
  };

  const show = () => {
    const seen = model.get("seen");
    showOffers();
    showMap();
    sentence.innerHTML = seen.sentence;
    table.innerHTML = seen.table;
    const cell = table.querySelector(`[data-place="${model.get("chosen").place}"]`);
    if (cell) {
      const row = cell.closest("tr");
      row.classList.add("chosen");
      const above = row.offsetTop - table.clientHeight / 2;
      if (table.scrollHeight > table.clientHeight) table.scrollTop = Math.max(above, 0);
    }
    lines.textContent = seen.code;
    said.innerHTML = model.get("said");
  };

  picture.map.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-place]");
    if (shape) choosePlace(shape.dataset.place);
  });
  picture.map.addEventListener("keydown", (event) => {
    const shape = event.target.closest("[data-place]");
    if (!shape) return;
    const keys = model.get("seen").places.map(([key]) => key);
    if (event.key === "Enter" || event.key === " ") {
      choosePlace(shape.dataset.place);
    } else if (event.key in STEPS) {
      const at = keys.indexOf(shape.dataset.place) + STEPS[event.key];
      const next = keys[(at + keys.length) % keys.length];
      picture.map.querySelector(`[data-place="${next}"]`)?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tr")?.querySelector("[data-place]");
    const keys = model.get("seen").places.map(([key]) => key);
    if (cell && keys.includes(cell.dataset.place)) choosePlace(cell.dataset.place);
  });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(model.get("seen").code);
    said.textContent = words.copied;
  });
  for (const [file, word] of words.files) {
    const button = element("button", "jupyter-button", files, word);
    button.addEventListener("click", () => {
      said.textContent = words.saving;
      model.send({ save: file });
    });
  }

  model.on("change", show);
  show();
  return () => model.off("change", show);
}

export default { render };
