// The page to code on. Every answer is sent at once; what is shown is what the coder may see.
"use strict";
const KEYS = "1234567890abcdefghijklmopqrstuvwxyz"; // no n: it stands for the note
const ABOVE = ["document", "above", "before"], BELOW = ["clause", "after"];
const OTHER = ["asked", "other_document", "other_above", "other"];
const $ = (id) => document.getElementById(id);
let state, lang = 0, at = 0, row = 0, asked = 0, queue = Promise.resolve();
const drafts = new Map(); // item_id: {rows, note, finished}
const done = new Set();

function word(key) { return state.words[key][lang]; }

/* Codebooks say both in one: 照原文 / as written. */
function inLanguage(text) {
  const both = text.split(" / ");
  return both.length === 2 ? both[lang] : text;
}

function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

// The answers to an item as they stand: from the file, then as they are given.
function draft(item) {
  if (!drafts.has(item.item_id)) {
    const own = state.codes.filter((code) => code.item_id === item.item_id);
    const parts = new Map();
    let note = "", finished = false;
    for (const code of own) {
      if (state.mentions && code.part === "") { finished = true; note = code.note; continue; }
      if (!state.mentions && code.note) note = code.note;
      if (!parts.has(code.part)) parts.set(code.part, {});
      parts.get(code.part)[code.field] = code.value;
    }
    drafts.set(item.item_id, { rows: [...parts.values()], note, finished });
  }
  const said = drafts.get(item.item_id), last = said.rows.at(-1);
  if (!last || (state.mentions && last.number)) said.rows.push({}); // room for one more quantity
  return said;
}

function current() { return state.items[at]; }
function field() { return state.fields[asked]; }

function save(item) {
  const body = JSON.stringify({ item_id: item.item_id, ...draft(item) });
  note_saved("saving");
  queue = queue.then(() => send(item, body));
  return queue;
}

async function send(item, body) {
  try {
    const reply = await fetch("answer", {
      method: "POST", headers: { "Content-Type": "application/json" }, body });
    const said = await reply.json();
    if (!reply.ok) throw new Error(said.error);
    if (said.done) done.add(item.item_id); else done.delete(item.item_id);
    $("error").textContent = "";
    note_saved("saved");
    progress();
    return true;
  } catch (error) {
    note_saved("not_saved");
    $("error").textContent = error instanceof TypeError ? word("offline") : error.message;
    return false;
  }
}

function note_saved(key) {
  $("saved").textContent = word(key);
  $("saved").className = key === "not_saved" ? "bad" : "";
}

function progress() {
  const all = state.items.length;
  Object.assign($("bar"), { max: all, value: done.size });
  const place = `${at + 1} / ${all} · ${word("done")} ${done.size}`;
  $("count").textContent = done.size === all ? `${place} · ${word("all_done")}` : place;
}

// What surrounds the words to be coded, and those words.
function about(item, key) {
  const long = ["before", "clause", "after"].includes(key);
  const title = make("b", { textContent: word(key) });
  if (key !== "clause") return make("p", { className: long ? "about long" : "about" }, title, item[key]);
  const own = item.text.replace(/[【】]/g, ""), from = item.clause.indexOf(own);
  const parts = from < 0 ? [item.clause] : [item.clause.slice(0, from),
    make("b", { textContent: own, id: "here" }), item.clause.slice(from + own.length)];
  return make("p", { className: "about long", id: "clause" }, title, ...parts);
}

function marked(text) {
  const parts = text.split(/【([^】]*)】/);
  return parts.map((part, n) => (n % 2 ? make("mark", { textContent: part }) : part));
}

function show_item() {
  const item = current(), main = $("item");
  const some = (keys) => keys.filter((key) => item[key]).map((key) => key === "other"
    ? make("p", { className: "words", id: "other" }, ...marked(item.other)) : about(item, key));
  main.replaceChildren(...some(ABOVE),
    make("p", { className: "words", id: "text" }, ...marked(item.text)),
    ...some(OTHER), ...some(BELOW));
  if ($("here")) $("clause").scrollTop = $("here").offsetTop - $("clause").offsetTop - 20;
  progress();
}

function chosen(said, value, one) {
  const ids = (said[one.id] || "").split(";");
  return ids.includes(value.id);
}

function choose(one, value) {
  const item = current(), said = draft(item).rows[row];
  if (one.scale === "set") {
    const ids = (said[one.id] || "").split(";").filter(Boolean);
    const kept = ids.includes(value.id) ? ids.filter((id) => id !== value.id) : [...ids, value.id];
    said[one.id] = kept.join(";");
  } else said[one.id] = said[one.id] === value.id ? "" : value.id;
  draw();
  save(item);
}

// Words typed into a field of one row of an item, which need not be the one that is shown.
function type(item, said, one, text) {
  if ((said[one.id] || "") === text) return Promise.resolve();
  said[one.id] = text;
  if (state.mentions && one.id === "number") { delete said.low; delete said.high; }
  return save(item);
}

// What stands in the field at hand, where it is one to type into.
function commit() {
  const input = document.querySelector("fieldset.now input");
  const item = current();
  return input ? type(item, draft(item).rows[row], field(), input.value.trim()) : Promise.resolve();
}

function field_box(one, n, r) {
  const item = current(), said = draft(item).rows[r];
  const now = n === asked && r === row;
  const box = make("fieldset", { className: now ? "now" : "" },
    make("legend", { textContent: one.name[lang] }));
  box.dataset.field = one.id;
  if (one.definition) box.append(make("p", { className: "definition", textContent: inLanguage(one.definition) }));
  if (one.values.length) {
    const list = make("div", { className: "values" });
    one.values.forEach((value, k) => {
      const press = make("button", { type: "button", className: "value", title: inLanguage(value.definition) },
        make("kbd", { textContent: KEYS[k] || "" }), value.name[lang]);
      press.setAttribute("aria-pressed", String(chosen(said, value, one)));
      press.onclick = () => { go(r, n); choose(one, value); };
      list.append(press);
    });
    box.append(list);
  } else {
    const input = make("input", { value: said[one.id] || "",
      inputMode: one.scale === "interval" ? "decimal" : "text", ariaLabel: one.name[lang] });
    input.onfocus = () => { if (row !== r || asked !== n) { row = r; asked = n; frame(); } };
    input.onchange = () => {
      const fresh = state.mentions && one.id === "number" && !said.number;
      type(item, said, one, input.value.trim());
      if (fresh && said.number && item === current()) { go(r, 1); draw(); }
    };
    box.append(input);
  }
  return box;
}

function frame() {
  document.querySelectorAll("#answers fieldset").forEach((box) => box.classList.toggle("now",
    Number(box.dataset.row) === row && Number(box.dataset.n) === asked));
}

function show_answers() {
  const form = $("answers"), item = current(), said = draft(item);
  const boxes = said.rows.map((_, r) => {
    const inside = state.fields.map((one, n) => {
      const box = field_box(one, n, r);
      Object.assign(box.dataset, { row: r, n });
      return box;
    });
    if (!state.mentions) return make("div", {}, ...inside);
    const remove = make("button", { type: "button", textContent: word("remove") });
    remove.onclick = () => {
      said.rows.splice(r, 1);
      go(0, 0); draw(); save(item);
    };
    const title = make("h2", {}, `${word("mention")} ${r + 1}`);
    if (said.rows[r].number) {
      title.append(remove);
      return make("div", { className: "mention" }, title, ...inside);
    }
    const none = make("button", { type: "button", id: "none", textContent: word("no_mention") });
    none.onclick = () => finish();
    return make("div", { className: "mention" }, title, inside[0], none);
  });
  const note = make("input", { id: "note", value: said.note, ariaLabel: word("note") });
  note.onchange = () => { said.note = note.value.trim(); save(item); };
  form.replaceChildren(...boxes,
    make("fieldset", {}, make("legend", { textContent: `${word("note")} (n)` }), note));
}

function draw() {
  show_answers();
  const box = document.querySelector("#answers fieldset.now");
  const target = box && box.querySelector("input");
  (target || $("item")).focus({ preventScroll: true });
  if (box && row + asked) box.scrollIntoView({ block: "nearest" });
}

function go(r, n) { row = r; asked = n; }

function open_item(n) {
  at = Math.max(0, Math.min(state.items.length - 1, n));
  go(0, 0);
  $("error").textContent = "";
  show_item();
  draw();
  window.scrollTo(0, 0);
}

function first_open() {
  const n = state.items.findIndex((item) => !done.has(item.item_id));
  return n < 0 ? state.items.length - 1 : n;
}

// Enter: the next question of the item, the next quantity of the sentence, the next item.
async function next_question() {
  await commit();
  const said = draft(current());
  if (state.mentions && asked === 0 && !said.rows[row].number) return finish();
  if ($("error").textContent) return;
  if (asked + 1 < state.fields.length) { go(row, asked + 1); draw(); return; }
  if (!state.mentions) return open_item(at + 1);
  go(row + 1, 0);
  draw();
}

// No more quantities: on to the next sentence, or to the first question that is not answered.
async function finish() {
  const item = current(), said = draft(item);
  said.rows = said.rows.filter((one) => one.number);
  said.finished = true;
  await save(item);
  if (done.has(item.item_id)) return open_item(at + 1);
  const needed = (one) => state.fields.findIndex((f) => f.needed && !one[f.id]);
  const r = said.rows.findIndex((one) => one.number && needed(one) >= 0);
  if (r >= 0) { go(r, needed(said.rows[r])); $("error").textContent = word("incomplete"); }
  draw();
}

function step(by) {
  commit();
  const n = asked + by, said = draft(current());
  if (n < 0 && row > 0) go(row - 1, state.fields.length - 1);
  else if (n >= state.fields.length && row + 1 < said.rows.length) go(row + 1, 0);
  else go(row, Math.max(0, Math.min(state.fields.length - 1, n)));
  draw();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.tagName === "INPUT";
  const act = { Enter: next_question, ArrowDown: () => step(1), ArrowUp: () => step(-1) };
  if (!typing) Object.assign(act, {
    ArrowRight: () => open_item(at + 1), ArrowLeft: () => open_item(at - 1),
    n: () => $("note").focus() });
  if (event.target.id === "note" && event.key === "Enter") act.Enter = () => event.target.blur();
  if (event.key === "Enter" && event.target.tagName === "BUTTON"
    && !event.target.classList.contains("value")) return;
  const value = typing || !field().values.length ? undefined : field().values[KEYS.indexOf(event.key)];
  if (value && event.key.length === 1) { event.preventDefault(); choose(field(), value); }
  else if (act[event.key]) { event.preventDefault(); act[event.key](); }
}

function words() {
  document.documentElement.lang = lang ? "en" : "zh-CN";
  $("task").textContent = document.title = state.task[lang];
  $("coder").textContent = `${word("coder")} ${state.coder}`;
  $("previous").textContent = `← ${word("previous")}`;
  $("open").textContent = word("first_open");
  $("next").textContent = `${word("next")} →`;
  $("keys").textContent = word("keys");
  const help = $("help");
  help.querySelector("summary").textContent = word("instructions");
  help.querySelector("div").textContent = inLanguage(state.instructions);
}

async function begin() {
  state = await (await fetch("state")).json();
  state.done.forEach((id) => done.add(id));
  try { lang = Number(localStorage.getItem("ipcompare-lang")) || 0; } catch { lang = 0; }
  words();
  $("language").onclick = () => {
    lang = 1 - lang;
    try { localStorage.setItem("ipcompare-lang", lang); } catch { /* not kept */ }
    words(); show_item(); draw();
  };
  $("previous").onclick = () => open_item(at - 1);
  $("next").onclick = () => open_item(at + 1);
  $("open").onclick = () => open_item(first_open());
  document.addEventListener("keydown", pressed);
  $("answers").addEventListener("submit", (event) => event.preventDefault());
  open_item(first_open());
}
begin();
