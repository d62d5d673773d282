/* The councils of a lens, a module or a measure as bars in their order, each rank with its range, drawn from the
   page's own table when a reader asks for it. */
(function () {
  "use strict";
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, text) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } return node; }
  var first = document.querySelector("main svg"), SVG = first && first.namespaceURI, WIDTH = 360, LEFT = 38, RIGHT = 352;
  var isMeasure = document.body.dataset.kind === "measure";
  var table = document.querySelector("table[data-part=" + (isMeasure ? "values" : "ranking") + "]");
  if (!first || !table || !window.CHARTS || !window.PICTURES || !window.DATA) { return; }
  var dots = all("main figure").filter(function (figure) { return figure.querySelector("svg[data-of]"); })[0];

  function number(text) { return parseFloat(text.replace(/\u2212/g, "-").replace(/,/g, "")); }
  function cells(row) { var found = {}; all("thead th", table).forEach(function (head, at) { found[head.dataset.col] = row.children[at].textContent.trim(); }); return found; }
  /* The councils that a bar can be drawn for, in the order of the ranking; of a measure, the better value first. */
  function councils() {
    var lower = dots && /lower is better/.test(dots.querySelector("svg").textContent);
    var held = all("tbody tr", table).map(function (row) {
      var cell = cells(row), places = /^(\d+)\w\w(?:.*?likely (\d+)\w\w(?: to (\d+)\w\w)?)?/.exec(cell.rank || "");
      return { code: row.dataset.key, name: row.children[0].textContent.trim(), value: number(isMeasure ? cell.value : cell.index), rank: places ? Number(places[1]) : null, ends: places && places[2] ? [Number(places[2]), Number(places[3] || places[2])] : null };
    }).filter(function (one) { return !isNaN(one.value) && (isMeasure || one.rank); });
    return held.sort(function (one, two) { return (isMeasure ? (lower ? one.value - two.value : two.value - one.value) : one.rank - two.rank) || one.name.localeCompare(two.name, "en-GB"); });
  }
  function mark(kind, attributes, words) {
    var node = document.createElementNS(SVG, kind);
    Object.keys(attributes).forEach(function (name) { node.setAttribute(name, typeof attributes[name] === "number" ? String(Math.round(attributes[name] * 10) / 10) : attributes[name]); });
    if (words !== undefined) { node.textContent = words; }
    return node;
  }
  function rule(picture, y, kind) { picture.appendChild(mark("path", { "class": kind, d: "M" + LEFT + " " + y.toFixed(1) + "L" + RIGHT + " " + y.toFixed(1) })); }
  function tick(picture, y, words) { picture.appendChild(mark("text", { x: LEFT - 4, y: y + 4, "text-anchor": "end" }, words)); }
  function short(value) { return (Math.abs(value) >= 1000 ? value.toLocaleString("en-GB", { maximumFractionDigits: 0 }) : String(Math.round(value * 10) / 10)).replace("-", "\u2212"); }

  function drawn() {
    var held = councils(), values = held.map(function (one) { return one.value; }), low = Math.min.apply(null, values.concat(0)), high = Math.max.apply(null, values.concat(0));
    var bottom = isMeasure ? 200 : 128, below = 160, floor = 270, height = isMeasure ? 212 : 284, step = (RIGHT - LEFT - 4) / held.length;
    var worst = Math.max.apply(null, held.map(function (one) { return one.ends ? one.ends[1] : one.rank; })), unit = isMeasure && dots ? all("svg text", dots).map(function (text) { return text.textContent; }).filter(function (text) { return /is better/.test(text); })[0] : "";
    function up(value) { return bottom - (value - low) / (high - low || 1) * (bottom - 26); }
    function down(place) { return below + (place - 1) / (Math.max(worst, 2) - 1) * (floor - below); }
    var picture = mark("svg", { viewBox: "0 0 " + WIDTH + " " + height, role: "img", "aria-labelledby": "bars-title bars-said", "data-of": table.dataset.part, "data-show": isMeasure ? "value grade" : "rank index" });
    var heading = document.querySelector("h1").textContent;
    picture.appendChild(mark("title", { id: "bars-title" }, heading + ": every council as a bar"));
    picture.appendChild(mark("desc", { id: "bars-said" }, isMeasure ? "A bar for each council with a value, the better ones on the left. A value has no rank and no range." : "A bar for each ranked council, in the order of the ranking; below it the places in which its rank likely lies, with a dot at the rank."));
    picture.appendChild(mark("text", { x: 0, y: 14 }, isMeasure ? unit || "Value" : "Productivity index: 100 is the median council"));
    [low, high].forEach(function (end) { rule(picture, up(end), "grid"); tick(picture, up(end), short(end)); });
    if (!isMeasure) {
      rule(picture, up(100), "mid"); tick(picture, up(100), "100");
      picture.appendChild(mark("text", { x: 0, y: below - 12 }, "Where each rank likely lies"));
      rule(picture, down(1), "grid"); rule(picture, down(worst), "grid"); tick(picture, down(1), "1st"); tick(picture, down(worst), "last");
    }
    var path = "";
    held.forEach(function (one, at) {
      var x = LEFT + 2 + at * step, middle = x + step / 2, end = up(one.value);
      picture.appendChild(mark("rect", { "class": "bar", "data-code": one.code, x: x, y: Math.min(end, up(0)), width: step * 0.8, height: Math.max(Math.abs(end - up(0)), 0.5) }));
      if (one.ends) { picture.appendChild(mark("rect", { "class": "range", x: x, y: down(one.ends[0]) - 0.5, width: step * 0.8, height: down(one.ends[1]) - down(one.ends[0]) + 1 })); }
      path += "M" + middle.toFixed(1) + " " + (isMeasure ? end : down(one.rank)).toFixed(1) + "h0";
    });
    picture.appendChild(mark("path", { "class": isMeasure ? "unseen" : "mark-rank", "data-codes": held.map(function (one) { return one.code; }).join(" "), d: path }));
    return picture;
  }
  var figure = null, button = make("button", "Ranked bars"), place = make("p"), section = (dots || table).closest("section");
  function show() {
    if (!figure) {
      var chart = make("div"), picture = drawn(), note = make("p", isMeasure ? "Councils without a value have no bar: the table says why. Bars are in the order of the values; a measure by itself has no rank." : "Councils that are not ranked have no bar: the table says why. Two councils whose ranges overlap cannot be told apart.");
      figure = make("figure"); figure.dataset.chart = "bars"; chart.className = "chart"; note.className = "note";
      figure.appendChild(make("figcaption", isMeasure ? "Every council as a bar" : "Every ranked council as a bar, with the range of its rank"));
      chart.appendChild(picture); chart.appendChild(note); figure.appendChild(chart);
      if (dots) { dots.after(figure); } else { place.after(figure); }
      window.CHARTS.add(picture); window.PICTURES.offer(figure); window.DATA.offer(figure);
    }
    figure.hidden = false; if (dots) { dots.hidden = true; }
    button.setAttribute("aria-pressed", "true");
  }
  function hide() { figure.hidden = true; if (dots) { dots.hidden = false; } button.setAttribute("aria-pressed", "false"); }
  button.type = "button"; button.setAttribute("aria-pressed", "false"); place.className = "switch";
  button.addEventListener("click", function () { if (button.getAttribute("aria-pressed") === "true") { hide(); } else { show(); } });
  place.appendChild(button);
  var before = dots ? dots.closest(".figures") : table.closest(".scroll");
  section.insertBefore(place, before);
  window.BARS = { show: show };
})();
