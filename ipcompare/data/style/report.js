// The report at work: language, folding and filtering of tables, and the evidence panel.
// The page can be read without this. Texts only ever enter the page as text nodes.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const data = JSON.parse($("#data").textContent);
const order = Object.keys(data.clauses);
const WIDE = window.matchMedia("(min-width: 70rem)"); // the panel is a column beside the page

// An element with attributes and children; strings become text.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return element;
}

// A [Chinese, English] pair: one of the two is shown.
function both([zh, en]) {
  if (zh === en) return zh;
  return [h("span", { class: "zh" }, zh), h("span", { class: "en", lang: "en" }, en)];
}
const word = (key) => both(data.words[key]);

// --- language ------------------------------------------------------------------------------

function language() {
  return $("#lang-en").checked ? "en" : "zh";
}

function speak() {
  const lang = language();
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  for (const element of $$("[data-zh]")) {
    const words = element.dataset[lang];
    if (element.tagName === "INPUT") element.placeholder = words;
    else element.textContent = words;
  }
}

// --- tables: folding, search, filters ------------------------------------------------------

// Width and case do not matter: ＰＣＴ finds pct. The length stays, so that places agree.
function folded(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, " ")
    .toLowerCase();
}

function rowsOf(table) {
  return $$("tbody tr:not(.group)", table);
}

function showRows(table) {
  const form = $(`form[data-table="${table.id}"]`);
  const rows = rowsOf(table);
  const words = folded($("input", form).value).split(/\s+/).filter(Boolean);
  const choices = $$("select", form).map((select) => select.value);
  const asked = words.length > 0 || choices.some(Boolean);
  const fold = table.dataset.open || asked ? Infinity : Number(table.dataset.fold || Infinity);
  table.classList.add("ready");
  table.classList.toggle("asked", words.length > 0);
  let fits = 0;
  for (const row of rows) {
    const fit = choices.every((value, n) => !value || row.dataset["c" + n] === value)
      && words.every((sought) => (row.folded ??= folded(row.textContent)).includes(sought));
    fits += fit;
    row.hidden = !fit || fits > fold;
  }
  const shown = Math.min(fits, fold);
  $("output", form).replaceChildren(
    ...[fits ? word("report.shown") : word("tables.nothing")].flat(), fits ? ` ${shown} / ${rows.length}` : "");
  const folding = shown < fits;
  for (const part of $$(".show-all, .excerpt", table.closest(".exhibit"))) part.hidden = !folding;
  highlight(table, words);
}

const found = new Map();
function highlight(table, words) {
  if (!window.Highlight) return;
  const ranges = [];
  for (const row of words.length ? rowsOf(table).filter((row) => !row.hidden) : []) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = folded(node.data);
      for (const sought of words) {
        for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + sought.length);
          ranges.push(range);
        }
      }
    }
  }
  found.set(table, ranges);
  CSS.highlights.set("found", new Highlight(...[...found.values()].flat()));
}

function startTables() {
  for (const form of $$("form.filter")) {
    const table = document.getElementById(form.dataset.table);
    form.hidden = false;
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => showRows(table));
    form.addEventListener("submit", (event) => event.preventDefault());
    const more = $(".show-all", form.closest(".exhibit"));
    more?.addEventListener("click", () => {
      table.dataset.open = "yes";
      showRows(table);
      $("a, th", rowsOf(table)[Number(table.dataset.fold)])?.focus();
    });
    showRows(table);
  }
}

// A table or figure wider than the screen says that it can be moved sideways.
function startHints() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = target.closest(".scroll");
      box.previousElementSibling.hidden = box.scrollWidth <= box.clientWidth + 1;
    }
  });
  for (const box of $$(".scroll")) {
    box.before(h("p", { class: `swipe ${["zh", "en"].filter((lang) => box.classList.contains(lang))}`, hidden: "" },
      word("report.swipe")));
    watch.observe(box);
    watch.observe(box.firstElementChild);
  }
}

// --- copying -------------------------------------------------------------------------------

async function copy(text) {
  const area = h("textarea", { class: "unseen", readonly: "" }, text);
  let done;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
  }
  $("#said").replaceChildren(...[word(done ? "report.copied" : "report.not_copied")].flat());
  return done;
}

function copyButton(key, text, style = "plain") {
  const button = h("button", { type: "button", class: style }, word(key));
  button.addEventListener("click", async () => {
    const done = await copy(text());
    button.replaceChildren(...[word(done ? "report.copied" : "report.not_copied")].flat());
    setTimeout(() => button.replaceChildren(...[word(key)].flat()), 1600);
  });
  return button;
}

// --- evidence ------------------------------------------------------------------------------

const panel = $("#panel");
let opener = null;

function link(key, ...label) {
  return h("a", { class: "ev", href: "#e:" + encodeURIComponent(key) }, ...label);
}

function docName(clause) {
  return both(data.documents[clause.doc].name);
}

// The text with marks: spans are [start, end, class], in order, the later ones inside the first.
function marked(text, sentence, number) {
  const chars = Array.from(text); // offsets count characters, not UTF-16 units
  const cut = (a, b) => chars.slice(a, b).join("");
  const inner = (a, b) => number && a <= number[0] && number[1] <= b
    ? [cut(a, number[0]), h("mark", sentence ? {} : { class: "alone" }, cut(...number)), cut(number[1], b)]
    : [cut(a, b)];
  if (!sentence) return inner(0, chars.length);
  return [cut(0, sentence[0]), h("mark", {}, inner(...sentence)), cut(sentence[1], chars.length)];
}

// What two texts share: every run of at least four characters, in the first text.
function shared(text, other, n = 4) {
  const plain = folded(text), grams = new Set(), there = folded(other);
  for (let i = 0; i + n <= there.length; i++) grams.add(there.slice(i, i + n));
  const hit = new Array(text.length).fill(false);
  for (let i = 0; i + n <= plain.length; i++) {
    if (grams.has(plain.slice(i, i + n))) hit.fill(true, i, i + n);
  }
  const parts = [];
  for (let i = 0, j; i < text.length; i = j) {
    for (j = i; j < text.length && hit[j] === hit[i]; j++);
    parts.push(hit[i] ? h("mark", { class: "shared" }, text.slice(i, j)) : text.slice(i, j));
  }
  return parts;
}

function crumbs(clause) {
  const above = [];
  for (let id = clause.parent; data.clauses[id]; id = data.clauses[id].parent) {
    above.unshift(link(id, data.clauses[id].heading || data.clauses[id].pinpoint));
  }
  if (!above.length) return null;
  return h("p", { class: "crumbs" }, above.flatMap((a, n) => (n ? [" › ", a] : [a])));
}

function title(...parts) {
  return h("h2", { id: "panel-title", tabindex: "-1" }, ...parts);
}

function documentLine(clause) {
  const about = data.documents[clause.doc];
  return h("p", { class: "about" }, about.title || word("report.untitled"));
}

function place(clause, span, raw) {
  const about = data.documents[clause.doc];
  const at = (100 * span[0]) / Math.max(about.length, 1);
  return [
    h("h3", {}, word("report.place")),
    h("div", { class: "track", "aria-hidden": "true" }, h("i", { style: `left:min(${at.toFixed(2)}%, 100% - 3px)` })),
    h("p", { class: "raw" }, about.file, word("punctuation.comma"), word("report.characters"), ` ${span[0]}–${span[1]}`,
      raw ? [" ", h("code", {}, raw.replace(/\r?\n/g, "⏎"))] : ""),
  ];
}

function citing(clause, quotation) {
  return [
    h("h3", {}, word("captions.cite_as")),
    h("p", { class: "citation" }, clause.cite),
    h("div", { class: "acts" }, copyButton("report.copy", () => clause.cite),
      quotation ? copyButton("report.copy_quote", () => `“${quotation}”（${clause.cite}）`) : ""),
  ];
}

function steps(id) {
  const at = order.indexOf(id), near = (n) =>
    data.clauses[order[n]]?.doc === data.clauses[id].doc ? order[n] : null;
  const [before, after] = [near(at - 1), near(at + 1)];
  return h("nav", { class: "steps" },
    before ? link(before, "← ", word("report.previous")) : h("span"),
    after ? link(after, word("report.next"), " →") : h("span"));
}

function showTarget(key) {
  const target = data.targets[key], clause = data.clauses[target.clause];
  const quotation = target.sentence
    ? Array.from(clause.text).slice(...target.sentence).join("") : clause.text;
  return [
    title(docName(clause), " ", clause.pinpoint), documentLine(clause),
    h("p", { class: "read" }, h("b", {}, both(target.read)), both(target.indicator)),
    h("p", { class: "about" }, both(data.words["values.kind." + target.kind] || [target.kind, target.kind]),
      target.due[0] ? [" · ", word("columns.deadline"), " ", both(target.due)] : ""),
    target.flags.length ? h("ul", {}, target.flags.map(([zh, en, said, inEnglish]) =>
      h("li", {}, both([zh, en]), word("punctuation.colon"), inEnglish ? both([said, inEnglish]) : said))) : null,
    h("h3", {}, word("report.evidence")), crumbs(clause),
    h("blockquote", { class: "quoted" }, marked(clause.text, target.sentence, target.number)),
    target.number ? null : h("p", { class: "about" }, word("report.unclear")),
    target.others.length ? [h("h3", {}, word("report.others")), h("ul", {}, target.others.map((id) =>
      h("li", {}, link(id, both(data.targets[id].read)), " ",
        data.clauses[data.targets[id].clause].pinpoint,
        data.targets[id].due[0] ? [" (", both(data.targets[id].due), ")"] : "")))] : null,
    place(clause, target.span, target.raw), citing(clause, quotation), steps(target.clause),
  ];
}

function showClause(key) {
  const clause = data.clauses[key];
  return [
    title(docName(clause), " ", clause.pinpoint), documentLine(clause),
    h("h3", {}, word("report.evidence")), crumbs(clause),
    h("blockquote", { class: "quoted" }, clause.text),
    place(clause, clause.span, ""), citing(clause, ""), steps(key),
  ];
}

function showPair(keys) {
  const [a, b] = keys.map((key) => data.clauses[key]);
  const side = (one, other, key) => [
    h("h3", {}, link(key, docName(one), " ", one.pinpoint)), documentLine(one), crumbs(one),
    h("blockquote", { class: "quoted" }, shared(one.text, other.text)),
    citing(one, ""),
  ];
  return [
    title(word("report.match")), h("p", { class: "about" }, word("report.shared")),
    side(a, b, keys[0]), side(b, a, keys[1]),
  ];
}

function show(key) {
  const keys = key.split(" ");
  let parts = null;
  if (data.targets[key]) parts = showTarget(key);
  else if (data.clauses[key]) parts = showClause(key);
  else if (keys.length === 2 && keys.every((id) => data.clauses[id])) parts = showPair(keys);
  if (!parts) return shut();
  const button = h("button", { type: "button", class: "plain shut", click: shut }, word("report.close"));
  const top = opener?.isConnected ? opener.getBoundingClientRect().top : null;
  const [heading, ...rest] = parts.flat(Infinity).filter((part) => part !== null);
  panel.replaceChildren(h("header", { class: "head" }, heading, button), ...rest);
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add("reading");
  keepPlace(top);
  for (const other of $$(".ev[aria-current]")) other.removeAttribute("aria-current");
  if (opener?.isConnected) opener.setAttribute("aria-current", "true");
  $("#panel-title").focus({ preventScroll: true });
  // A sheet at the foot of a small screen opens at its head; a whole column shows the words, too.
  if (WIDE.matches) $("mark", panel)?.scrollIntoView({ block: "nearest" });
}

// The panel narrows the page: keep what was clicked where it was, and in sight.
function keepPlace(top) {
  if (top === null) return;
  const now = opener.getBoundingClientRect();
  window.scrollBy(0, now.top - top);
  const sheet = panel.getBoundingClientRect();
  if (sheet.top > 80 && opener.getBoundingClientRect().bottom > sheet.top) {
    window.scrollBy(0, opener.getBoundingClientRect().bottom - sheet.top + 24);
  }
}

function shut() {
  panel.hidden = true;
  document.body.classList.remove("reading");
  $(".ev[aria-current]")?.removeAttribute("aria-current");
  if (location.hash.startsWith("#e:")) history.replaceState(null, "", "#");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

function follow() {
  if (!location.hash.startsWith("#e:")) return;
  show(decodeURIComponent(location.hash.slice(3)));
}

function keyOf(anchor) {
  const { target, clause, match } = anchor.dataset;
  return target || (match ? `${clause} ${match}` : clause);
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a.ev, .plot a");
  if (!anchor || event.ctrlKey || event.metaKey) return;
  if (!panel.contains(anchor)) opener = anchor;
  const key = keyOf(anchor);
  if (!key) return; // its own address leads to the evidence
  event.preventDefault();
  const hash = "#e:" + encodeURIComponent(key);
  if (location.hash === hash) show(key);
  else location.hash = hash;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) shut();
});
window.addEventListener("hashchange", follow);
for (const radio of $$(".lang-choice")) radio.addEventListener("change", speak);
for (const cite of $$(".cite .citation, .documents td.text .citation")) {
  cite.after(copyButton("report.copy", () => $$(`.${language()}`, cite)[0]?.textContent || cite.textContent, "plain copy"));
}

startTables();
startHints();
speak();
follow();
