"use strict";

// Pages of allies: the explanation of a year when its button is chosen, and tables to sort.

// a text that is shortened is a pair: the text, and the same with all digits
function made(tag, told, parent, kind) {
  const element = document.createElement(tag);
  const [text, full] = Array.isArray(told) ? told : [told, ""];
  element.textContent = text;
  if (full) {
    element.title = full;
  }
  if (kind) {
    element.className = kind;
  }
  return parent.appendChild(element);
}

// The shapes are those of underbalance.explain.shared: everything is named by its number.
function drawNode(data, number, parent, opened) {
  const [words, rows, parts] = data.nodes[number];
  const [label, name, value, ...said] = words.map((word) => data.texts[word]);
  const details = made("details", "", parent);
  details.open = opened;
  const summary = made("summary", label, details);
  if (name) {
    summary.append(" ");
    made("small", name, summary, "label");
  }
  summary.append(" = ");
  made("span", value, summary);
  if (said.length) {
    const list = made("dl", "", details);
    said.forEach((text, place) => made(place % 2 ? "dd" : "dt", text, list));
  }
  if (rows.length) {
    drawRows(data, rows, details);
  }
  parts.forEach((part) => drawNode(data, part, details, false));
}

function drawRows(data, rows, parent) {
  const box = made("div", "", parent, "scroll");
  box.tabIndex = 0;
  const table = made("table", "", box);
  const head = made("tr", "", made("thead", "", table));
  data.headings.forEach((name) => made("th", name, head));
  const body = made("tbody", "", table);
  rows.forEach((number) => {
    const [cells, keys] = data.rows[number];
    const [name, values, source, flag] = cells.map((word) => data.texts[word]);
    const line = made("tr", "", body);
    made("td", name, line);
    const key = made("td", "", line);
    keys.forEach((word, place) => {
      key.append(place ? ", " : "");
      made("span", data.texts[word], key);
    });
    [values, source, flag].forEach((text) => made("td", text, line));
  });
}

function startExplanations(group) {
  const panel = document.getElementById("explanation");
  const title = document.getElementById("explanation-title");
  const body = document.getElementById("explanation-body");
  const buttons = Array.from(group.querySelectorAll("button[data-year]"));
  let loading = null;

  function load() {
    loading =
      loading ||
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = group.dataset.explain;
        script.onload = () => resolve(window.underbalanceExplained);
        script.onerror = () => reject(new Error(group.dataset.explain + " could not be read"));
        document.head.append(script);
      });
    return loading;
  }

  function show(year) {
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.year === year)));
    panel.hidden = false;
    title.textContent = group.dataset.title.replace("{year}", year);
    body.textContent = "Reading …";
    load().then(
      (data) => {
        if (year !== chosen()) {
          return;
        }
        body.textContent = "";
        data.years[year].forEach((number) => drawNode(data, number, body, true));
        panel.dataset.year = year;
        title.focus({ preventScroll: true });
        group.scrollIntoView({ block: "start" });
      },
      (error) => {
        body.textContent = String(error.message);
      },
    );
  }

  function hide() {
    panel.hidden = true;
    delete panel.dataset.year;
    buttons.forEach((one) => one.setAttribute("aria-pressed", "false"));
  }

  function chosen() {
    const year = location.hash.slice(1);
    return buttons.some((one) => one.dataset.year === year) ? year : "";
  }

  function follow() {
    if (chosen()) {
      show(chosen());
    } else {
      hide();
    }
  }

  // arrows lead from year to year
  function step(event, by) {
    const next = buttons[buttons.indexOf(event.target) + by];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  group.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-year]");
    if (button) {
      location.hash = button.dataset.year;
    }
  });
  group.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) {
      step(event, by);
    }
  });
  panel.querySelector(".tools").addEventListener("click", (event) => {
    const what = event.target.dataset.do;
    if (what === "close") {
      const button = buttons.find((one) => one.dataset.year === chosen());
      history.replaceState(null, "", location.pathname + location.search);
      hide();
      button.focus();
    } else if (what) {
      const all = Array.from(body.querySelectorAll("details"));
      all.forEach((one) => {
        one.open = what === "open" || one.parentElement === body;
      });
    }
  });
  window.addEventListener("hashchange", follow);
  follow();
}

// a link to a table that is folded opens it
function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") {
    target.open = true;
  }
}

function startSorting(table) {
  const heads = Array.from(table.tHead.rows[0].cells);
  const compare = new Intl.Collator("en", { numeric: false }).compare;

  function value(row, column) {
    const cell = row.cells[column];
    return "value" in cell.dataset ? cell.dataset.value : cell.textContent.trim();
  }

  // what is missing stands last, whichever way
  function order(column, numbers, sign) {
    return (one, other) => {
      const [a, b] = [value(one, column), value(other, column)];
      if (a === "" || b === "") {
        return (a === "") - (b === "");
      }
      return sign * (numbers ? a - b : compare(a, b));
    };
  }

  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const rows = Array.from(table.tBodies[0].rows);
      const numbers = head.classList.contains("number");
      const before = head.getAttribute("aria-sort");
      // numbers begin with the largest
      const way = before ? (before === "ascending" ? -1 : 1) : numbers ? -1 : 1;
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
      table.tBodies[0].append(...rows.sort(order(column, numbers, way)));
    });
  });
}

document.querySelectorAll("[data-explain]").forEach(startExplanations);
document.querySelectorAll("table.sortable").forEach(startSorting);
window.addEventListener("hashchange", openTarget);
openTarget();
