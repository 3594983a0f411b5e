/* Finds reports on the index: by words, by block. Asks nobody for anything. */
"use strict";
(() => {
  const finder = document.getElementById("finder");
  const asked = document.getElementById("asked");
  const clear = document.getElementById("clear");
  const found = document.getElementById("found");
  const all = found.textContent;
  const rows = [...document.querySelectorAll(".listing tr[data-place]")];
  const blocks = [...document.querySelectorAll(".listing .block")];
  const drawn = [...document.querySelectorAll(".place-map [data-place]")];

  // 12 of 十二丁目, for 1 to 99.
  const units = "一二三四五六七八九";
  const counted = (kanji) => {
    if (!kanji.includes("十")) return units.indexOf(kanji) + 1;
    const [tens, ones] = kanji.split("十");
    return 10 * (tens ? units.indexOf(tens) + 1 : 1) + units.indexOf(ones || " ") + 1;
  };
  // Wide and narrow letters, both kinds of kana, and both ways to number a 丁目 are the same.
  const plain = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60))
      .replace(/([一二三四五六七八九十]+)丁目/g, (_, kanji) => `${counted(kanji)}丁目`)
      .replace(/[-‐－]/g, "");

  const known = rows.map((row) => ({
    row,
    place: row.dataset.place,
    block: row.closest(".block").dataset.place,
    words: plain(row.dataset.words),
    chome: row.dataset.chome.split(" ").map((name) => [name, plain(name)]),
  }));

  const chosen = () => finder.querySelector("input[name=block]:checked").value;

  // The 町丁目 that a row is found by; nothing where its own names do, null where it is not found.
  const hits = (entry, terms) => {
    if (terms.every((term) => entry.words.includes(term))) return [];
    const names = entry.chome.filter(([, name]) => terms.every((term) => name.includes(term)));
    return names.length ? names.map(([name]) => name) : null;
  };

  const tell = (row, names) => {
    const old = row.querySelector(".hit");
    if (old) old.remove();
    if (!names.length) return;
    const listed = names.slice(0, 3).join("、") + (names.length > 3 ? found.dataset.more : "");
    const note = document.createElement("span");
    note.className = "hit";
    note.lang = "ja";
    note.textContent = found.dataset.hit.replace("{names}", listed);
    row.querySelector("th").append(note);
  };

  const show = () => {
    const terms = plain(asked.value).split(/\s+/).filter(Boolean);
    const block = chosen();
    const shown = new Set();
    let count = 0;
    for (const entry of known) {
      const names = block && block !== entry.block ? null : hits(entry, terms);
      entry.row.hidden = names === null;
      tell(entry.row, names || []);
      if (names === null) continue;
      count += 1;
      shown.add(entry.place).add(entry.block);
    }
    for (const part of blocks) part.hidden = !shown.has(part.dataset.place);
    for (const shape of drawn) shape.classList.toggle("dim", !shown.has(shape.dataset.place));
    const some = terms.length > 0 || block !== "";
    clear.hidden = !some;
    document.body.classList.toggle("sought", terms.length > 0);
    const said = some ? found.dataset[count ? "some" : "none"].replace("{count}", count) : all;
    if (found.textContent !== said) found.textContent = said;
  };

  const reset = () => {
    asked.value = "";
    finder.querySelector("input[name=block]").checked = true;
    show();
    asked.focus();
  };

  finder.addEventListener("input", show);
  clear.addEventListener("click", reset);
  asked.addEventListener("keydown", (event) => {
    // While a reading is being turned into kanji, Enter only ends that.
    if (event.key !== "Enter" || event.isComposing) return;
    const links = known.filter(({ row }) => !row.hidden).map(({ row }) => row.querySelector("a[href]"));
    if (links.length === 1 && links[0]) links[0].click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || clear.hidden) return;
    event.preventDefault();
    reset();
  });

  // A place in the list shows itself on the map, and the other way round.
  const lit = (event, on) => {
    const part = event.target.closest("[data-place]");
    if (!part) return;
    const place = CSS.escape(part.dataset.place);
    for (const each of document.querySelectorAll(`[data-place="${place}"]`)) {
      each.classList.toggle("lit", on);
    }
  };
  const index = document.querySelector("div.index");
  for (const [kind, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    index.addEventListener(kind, (event) => lit(event, on));
  }

  finder.hidden = false;
  // Browsers that come back to a page put into its fields what stood there.
  window.addEventListener("pageshow", show);
})();
