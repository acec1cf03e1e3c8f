// A sheet of figures: its keys, what is pasted, and the draft that stays in this browser until it is accepted.
(() => {
  const PREFIX = "tundish-entry ";
  let draft = null;

  const sheet = () => document.querySelector(".entry-sheet");
  const cells = () => [...document.querySelectorAll(".entry-sheet input.cell")];
  const lines = () => [...document.querySelectorAll(".entry-sheet tbody tr")].map((row) => [...row.querySelectorAll("input.cell")]);
  const words = () => JSON.parse(sheet().dataset.words);
  const owner = () => `${PREFIX}${sheet().dataset.user} `;
  const key = () => owner() + sheet().dataset.address;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function stored(name) {
    try {
      const found = JSON.parse(localStorage.getItem(name));
      return found && typeof found.cells === "object" ? found : null;
    } catch {
      return null; // a browser that keeps nothing, or something else that stands there
    }
  }

  function keep() {
    try {
      if (draft) localStorage.setItem(key(), JSON.stringify(draft));
      else localStorage.removeItem(key());
    } catch {
      say(words().not_kept);
    }
  }

  // What is typed is another request than what was sent before.
  function request() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function took(cell) {
    const note = document.querySelector(".entry-note");
    draft = draft || stored(key()) || { cells: {}, note: "" };
    if (cell && cell.value.trim() === cell.dataset.was) delete draft.cells[cell.dataset.cell];
    else if (cell) draft.cells[cell.dataset.cell] = [cell.value, (draft.cells[cell.dataset.cell] || [])[1] || cell.dataset.seen];
    Object.assign(draft, { note: note ? note.value : "", request: request(), at: Date.now() });
    if (!Object.keys(draft.cells).length) draft = null;
    keep();
    mark();
  }

  function mark() {
    for (const cell of cells()) cell.classList.toggle("changed", Boolean(draft && cell.dataset.cell in draft.cells));
  }

  function say(text) {
    document.querySelector(".entry-say").textContent = text;
  }

  function button(text, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  }

  // Puts the draft of this sheet back, and names those of others.
  function restore() {
    if (!sheet()) return;
    draft = stored(key());
    for (const cell of draft ? cells() : []) {
      const typed = draft.cells[cell.dataset.cell];
      if (!typed) continue;
      if (String(typed[0]).trim() === cell.dataset.was) delete draft.cells[cell.dataset.cell];
      else cell.value = typed[0];
    }
    if (draft && !Object.keys(draft.cells).length) draft = null;
    const note = document.querySelector(".entry-note");
    if (draft && note) note.value = draft.note || "";
    keep();
    mark();
    offer();
  }

  function offer() {
    const bar = document.querySelector(".entry-drafts");
    bar.replaceChildren();
    if (draft) {
      const at = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
      bar.append(filled(words().restored, { count: Object.keys(draft.cells).length, at }), " ", button(words().discard, discard));
    }
    for (const name of Object.keys(localStorage)) {
      const address = name.startsWith(owner()) ? name.slice(owner().length) : "";
      const other = address.startsWith("/entry?") && name !== key() ? stored(name) : null;
      if (!other) continue;
      const link = document.createElement("a");
      link.href = address;
      link.textContent = filled(words().other, { count: Object.keys(other.cells).length, sheet: new URLSearchParams(address.slice(7)).get("day") });
      bar.append(" ", link);
    }
  }

  function discard() {
    draft = null;
    keep();
    for (const cell of cells()) cell.value = cell.dataset.was;
    const note = document.querySelector(".entry-note");
    if (note) note.value = "";
    mark();
    offer();
  }

  function sent(name) {
    emitEvent(name, { request: draft.request, note: draft.note, cells: Object.entries(draft.cells).map(([id, [text, seen]]) => [id, text, seen]) });
  }

  window.entrySay = say;
  window.entryCheck = () => {
    if (!sheet()) return;
    if (!draft) say(words().nothing);
    else if (!window.socket || !window.socket.connected) say(words().offline);
    else {
      say("");
      sent("entry_check");
    }
  };
  window.entryAccepted = (request, said) => {
    if (draft && draft.request === request) {
      draft = null;
      keep();
      const note = document.querySelector(".entry-note");
      if (note) note.value = "";
    }
    say(said);
    mark();
    offer();
  };
  window.entryFault = (ids) => {
    for (const cell of cells()) cell.classList.toggle("bad", ids.includes(cell.dataset.cell));
    const first = cells().find((cell) => ids.includes(cell.dataset.cell));
    if (first) first.focus();
  };
  window.showEntry = () => {
    if (!sheet()) return;
    // The answer to a save may have been lost: then the draft is accepted already.
    draft = stored(key());
    if (draft) sent("entry_draft");
    restore();
    // The sheet comes anew after a save; what was typed meanwhile belongs on it.
    new MutationObserver(restore).observe(document.querySelector(".entry-grid"), { childList: true, subtree: true });
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches(".entry-sheet input.cell")) {
      event.target.classList.remove("bad");
      took(event.target);
    } else if (event.target.matches(".entry-note")) took(null);
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyS" && sheet()) {
      event.preventDefault();
      entryCheck();
      return;
    }
    const cell = event.target;
    if (!cell.matches || !cell.matches(".entry-sheet input.cell")) return;
    const all = lines();
    const row = all.findIndex((line) => line.includes(cell));
    const column = all[row].indexOf(cell);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      event.preventDefault();
      go((all[row + step] || [])[column]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const next = all.slice(row + 1).map((line) => line[column]).concat(all.map((line) => line[column + 1]));
      const open = next.find((other) => other && !other.readOnly);
      if (open) go(open);
      else entryCheck();
    } else if (event.key === "Escape") {
      cell.value = cell.dataset.was;
      took(cell);
    }
  });

  function go(cell) {
    if (!cell) return;
    cell.focus();
    cell.select();
  }

  // A block from a spreadsheet: it fits whole, or nothing of it is taken.
  document.addEventListener("paste", (event) => {
    const cell = event.target;
    if (!cell.matches || !cell.matches(".entry-sheet input.cell")) return;
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\r\n]/.test(text)) return; // one number: the browser's own way
    event.preventDefault();
    const block = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    const all = lines();
    const row = all.findIndex((line) => line.includes(cell));
    const column = all[row].indexOf(cell);
    const wide = block.reduce((most, line) => Math.max(most, line.length), 0);
    const room = { rows: all.length - row, columns: all[row].length - column };
    const into = block.flatMap((line, down) => line.map((word, right) => [(all[row + down] || [])[column + right], word]));
    if (into.some(([target]) => !target || target.readOnly)) {
      say(filled(words().no_room, { rows: block.length, columns: wide, room_rows: room.rows, room_columns: room.columns }));
      return;
    }
    for (const [target, word] of into) {
      target.value = word.trim().slice(0, 40);
      took(target);
    }
    say(filled(words().pasted, { count: into.length }));
  });
})();
