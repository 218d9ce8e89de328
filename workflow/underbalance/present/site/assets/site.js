"use strict";

// Draws the charts of a page, and filters tables and lists. All data are in the page.

function drawChart(figure) {
  const name = figure.dataset.chart;
  const target = document.getElementById("chart-" + name);
  const spec = JSON.parse(document.getElementById("spec-" + name).textContent);
  window
    .vegaEmbed(target, spec, { actions: false, renderer: "svg" })
    .then(() => figure.setAttribute("data-drawn", ""))
    .catch((error) => {
      figure.setAttribute("data-failed", "");
      console.error("chart " + name + ": " + error);
    });
}

// what is compared: small letters without accents
function folded(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}

// <input data-filter="ID">: shows the rows of the table, or the items of the list, with all words
function startFilter(input) {
  const target = document.getElementById(input.dataset.filter);
  const status = document.querySelector('[data-filter-status="' + input.dataset.filter + '"]');
  const items = Array.from(target.querySelectorAll("tbody > tr, :scope > li")).map((element) => ({
    element,
    text: folded(element.textContent + " " + (element.dataset.words || "")),
  }));
  function apply() {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item) => {
      item.element.hidden = !words.every((word) => item.text.includes(word));
      shown += item.element.hidden ? 0 : 1;
    });
    if (status) {
      status.textContent = words.length ? shown + " of " + items.length : "";
    }
  }
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.value = "";
      apply();
    }
    // Enter goes where the first shown link leads
    const first = items.find((item) => !item.element.hidden);
    const link = first && first.element.querySelector("a[href]");
    if (event.key === "Enter" && "filterOpens" in input.dataset && link && input.value) {
      event.preventDefault();
      link.click();
    }
  });
  apply();
}

document.querySelectorAll("figure[data-chart]").forEach(drawChart);
document.querySelectorAll("input[data-filter]").forEach(startFilter);
