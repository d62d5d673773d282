/* The data behind every chart, made in the reader's browser from the table that the page has: a tidy CSV, a citation,
   a line to embed the chart; and, at ?chart=its-name, the chart alone. */
(function () {
  "use strict";
  var facts = window.FACTS, pictures = window.PICTURES, page = document.body.dataset;
  if (!facts || !pictures) { return; }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, text) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } return node; }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  var HEAD = ["gss_code", "name", "edition", "item", "figure", "value", "unit", "missing_reason", "source", "licence"];
  var ENGLAND = "E92000001", DASH = "\u2013";

  /* The name of a chart in an address: its table's, or that of its part of the page. */
  function identity(figure) {
    var own = figure.querySelector("table[data-part]"), picture = figure.querySelector("svg");
    if (figure.dataset.chart) { return figure.dataset.chart; }
    if (own) { return own.dataset.part; }
    if (picture.dataset.of) { return picture.dataset.of; }
    return figure.closest("section").id + "-" + figure.querySelector("figcaption").textContent.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  /* A text as programs read it: a number, or nothing and the reason. */
  function plain(text) { var number = text.replace(/\u2212/g, "-").replace(/,/g, "").replace(/^\+/, ""); return /^-?\d+(\.\d+)?$/.test(number) ? number : null; }
  function reasonOf(text) { return has(facts.reasons, text) ? facts.reasons[text] : ""; }
  function about(table, id) { return facts.columns[table + ":" + id] || facts.columns[table.split("-")[0] + ":" + id] || facts.columns[id] || []; }
  function year(month) { var at = month.split("-").map(Number), from = at[1] > 3 ? at[0] : at[0] - 1; return from + "-" + String(from + 1).slice(2); }
  function nameOf(code) { return code === ENGLAND ? "England" : (window.COUNCILS || []).filter(function (row) { return row[3] === code; }).map(function (row) { return row[0]; })[0] || ""; }

  /* What a row is about: whose it is, its edition, and what else tells it from the others. */
  function subject(table, row) {
    var first = row.children[0], column = table.querySelector("thead th").dataset.col, code = /(?:^|:)(E\d{8})$/.exec(row.dataset.key);
    var label = all("a", first).concat(first)[0].textContent.trim(), dated = /, (\d{4}-\d\d)$/.exec(label);
    if (code) { return { code: code[1], name: label, edition: page.edition || "", item: "" }; }
    var told = { code: page.code || "", name: nameOf(page.code || ""), edition: page.edition || "", item: label };
    if (column === "edition") { told.edition = label; told.item = ""; }
    if (column === "month") { told.edition = year(label); }
    if (dated) { told.edition = dated[1]; told.item = label.slice(0, dated.index); }
    return told;
  }
  function line(told, figure, value, unit, reason, source) {
    return [told.code, told.name, told.edition, told.item, figure, value, unit, value === "" ? reason : "", source || page.source || facts.source, source ? facts.licence : page.licence || facts.licence];
  }
  /* "23rd, likely 12th to 41st of 149" is three numbers. */
  function places(told, text) {
    var found = /^(\d+)\w\w(?: of (\d+), depends|, likely (\d+)\w\w(?: to (\d+)\w\w)? of (\d+))/.exec(text), reason = reasonOf(text);
    var unit = "place" + (found ? " of " + (found[2] || found[5]) : ""), ends = found && found[3] ? [found[3], found[4] || found[3]] : ["", ""];
    if (found && found[2]) { reason = "depends_on_where_comparability_ends"; }
    return [["Rank", found ? found[1] : ""], ["Rank, likely from", ends[0]], ["Rank, likely to", ends[1]]].map(function (pair) { return line(told, pair[0], pair[1], unit, reason, facts.source); });
  }
  /* A map has its numbers on its hexagons. */
  function fromMap(figure) {
    var unit = document.querySelector("table[data-part=values] th[data-col=value]"), kinds = {}, rows = [];
    all(".legend li", figure).forEach(function (item) { kinds[all(".key", item)[0].classList[2]] = item.textContent.trim(); });
    all("path[data-code]", figure).forEach(function (path) {
      var text = path.querySelector("title").textContent, at = text.indexOf(": "), said = text.slice(at + 2), value = said.split(", grade ");
      var told = { code: path.dataset.code, name: text.slice(0, at), edition: page.edition || "", item: "" };
      if (!unit) { rows = rows.concat(places(told, said)); rows.push(line(told, "Where its likely range lies", kinds[path.classList[1]], "", "", facts.source)); return; }
      rows.push(line(told, "Value", plain(value[0]) || "", unit.dataset.unit, reasonOf(value[0])));
      rows.push(line(told, "Grade", value[1] || "", "A to E", reasonOf(value[0]) || "not_graded", facts.source));
    });
    return rows;
  }
  function fromTable(figure, table, wanted) {
    var heads = all("thead th", table), rows = [];
    all("tbody tr", table).forEach(function (row) {
      var own = all("td", row).map(function (cell) { return reasonOf(cell.textContent.trim()); }).filter(Boolean)[0] || "";
      heads.forEach(function (head, at) {
        var id = head.dataset.col, told = subject(table, row), cell = row.children[at], column = about(table.dataset.part, id);
        if (!at || (wanted ? wanted.indexOf(id) < 0 : !head.classList.contains("n")) || (id !== "rank" && !head.classList.contains("n"))) { return; }
        var text = cell.textContent.trim(), why = all("[data-why]", cell)[0];
        if (id === "rank") { rows = rows.concat(places(told, text)); return; }
        if (column[1]) { told.name = column[1]; told.code = column[1] === "England" ? ENGLAND : ""; }
        rows.push(line(told, column[2] || head.textContent.trim(), plain(text) || "", head.dataset.unit || column[0] || "", reasonOf(text) || (why ? why.dataset.why : "") || column[3] || own));
      });
    });
    return rows;
  }
  function records(figure) {
    var picture = figure.querySelector("svg"), table = picture.dataset.of ? document.querySelector("table[data-part='" + picture.dataset.of + "']") : figure.querySelector("table"), wanted = figure.dataset.show || picture.dataset.show;
    if (picture.querySelector("path[data-code]")) { return fromMap(figure); }
    /* Whom a chart has no mark for is not in its data: a dot needs both of its numbers. */
    var drawn = picture.querySelector("path[data-codes]"), codes = drawn && picture.dataset.of !== "values" ? drawn.dataset.codes.split(" ") : null;
    return fromTable(figure, table, wanted ? wanted.split(" ") : null).filter(function (row) { return !codes || codes.indexOf(row[0]) >= 0; });
  }
  /* What a spreadsheet would take for a formula has an apostrophe before it. */
  function field(text) { var safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? "'" + text : text; return /[",\n]/.test(safe) ? "\"" + safe.replace(/"/g, "\"\"") + "\"" : safe; }
  function csv(figure) { return [HEAD].concat(records(figure)).map(function (row) { return row.map(field).join(","); }).join("\n") + "\n"; }

  /* Where the page is, and how the chart is named by whoever uses it. */
  function address() { var told = document.querySelector("link[rel=canonical]"); return told ? told.href : location.href.split(/[?#]/)[0]; }
  function citation(figure) {
    return facts.publisher + ", \u201c" + pictures.title(figure) + "\u201d" + (page.edition ? ", edition " + page.edition : "") + ". " + facts.source + ", " + facts.release + ". " + address() + "?chart=" + identity(figure);
  }
  function escaped(text) { return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;"); }
  function snippet(figure) {
    var box = figure.querySelector("svg").viewBox.baseVal, lit = new URLSearchParams(location.hash.slice(1)).get("council");
    var hash = lit && /^[\w-]+$/.test(lit) ? "#council=" + lit : "";
    return "<iframe src=\"" + escaped(address() + "?chart=" + identity(figure) + hash) + "\" title=\"" + escaped(pictures.title(figure)) + "\" width=\"560\" height=\"" + Math.round(480 * box.height / box.width + 260) + "\" loading=\"lazy\"></iframe>";
  }
  function copied(label, words) {
    var box = make("p"), area = make("textarea"), button = make("button", "Copy"), title = make("label", label);
    title.appendChild(area); area.readOnly = true; area.rows = 3; area.value = words; button.type = "button"; button.setAttribute("aria-label", "Copy: " + label);
    button.addEventListener("click", function () {
      function done() { button.textContent = "Copied"; }
      function byHand() { area.select(); document.execCommand("copy"); done(); }
      if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(area.value).then(done, byHand); } else { byHand(); }
    });
    box.appendChild(title); box.appendChild(button);
    return box;
  }
  function offer(figure) {
    var place = figure.querySelector(".picture"), caption = figure.querySelector("figcaption").textContent, note = figure.querySelector(".note a"), taken;
    if (!place) { return; }
    var cite = make("button", "Cite or embed"), box = make("div");
    if (figure.dataset.at || (!figure.querySelector("table") && !figure.querySelector("svg[data-of]") && note)) {
      taken = make("a", "CSV"); taken.href = figure.dataset.at || note.href;
      if (!figure.dataset.at) { taken.hash = (taken.hash ? taken.hash + "&" : "") + "chart=ranking"; }
      taken.setAttribute("aria-label", "The data of the chart as CSV, on the page that has all of them: " + caption);
    } else {
      taken = make("button", "CSV"); taken.type = "button";
      taken.setAttribute("aria-label", "Save the data of the chart as CSV: " + caption);
      taken.addEventListener("click", function () { pictures.save(new Blob([csv(figure)], { type: "text/csv" }), pictures.named(figure) + ".csv"); });
    }
    taken.classList.add("csv");
    cite.type = "button"; cite.setAttribute("aria-expanded", "false"); cite.setAttribute("aria-label", "Cite or embed the chart: " + caption);
    cite.addEventListener("click", function () {
      box.hidden = !box.hidden; cite.setAttribute("aria-expanded", String(!box.hidden)); box.textContent = "";
      if (!box.hidden) { box.appendChild(copied("To cite", citation(figure))); box.appendChild(copied("To embed in a page", snippet(figure))); }
    });
    box.className = "cite-chart"; box.hidden = true;
    place.append(" ", taken, " ", cite); place.after(box);
  }
  function named(id) { return all("main figure").filter(function (figure) { return figure.querySelector("svg") && identity(figure) === id; })[0]; }
  all("main figure").forEach(offer);
  window.DATA = { offer: offer };

  /* One chart alone, for the page that embeds it; all else is still there for it to read. */
  function alone(figure) {
    var main = document.getElementById("main"), from = make("p"), link = make("a", facts.source + ", " + facts.release);
    all("body > *").forEach(function (part) { if (part !== main && part.tagName !== "SCRIPT") { part.hidden = true; } });
    var said = make("h1", pictures.title(figure)); said.className = "hide";
    all("h1", main).forEach(function (heading) { heading.remove(); });
    all(":scope > *", main).forEach(function (part) { part.hidden = true; });
    figure.querySelector("figcaption").textContent = said.textContent;
    link.href = address() + location.hash; link.target = "_top";
    from.className = "note"; from.appendChild(link); from.append(". " + document.querySelector("footer p").textContent);
    main.prepend(said, figure, from);
    document.body.classList.add("alone");
  }
  /* A link to the data of a chart leads to its button. */
  function go() {
    var id = new URLSearchParams(location.hash.slice(1)).get("chart"), figure = id && named(id);
    if (figure) { figure.scrollIntoView(); figure.querySelector(".csv").focus({ preventScroll: true }); }
  }
  var only = new URLSearchParams(location.search).get("chart");
  window.addEventListener("hashchange", go);
  window.addEventListener("DOMContentLoaded", function () { if (only && only === "bars" && window.BARS) { window.BARS.show(); } var figure = only && named(only); if (figure) { alone(figure); } else { go(); } });
})();
