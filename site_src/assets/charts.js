/* Charts that answer: whose dot or hexagon it is, by pointer, touch or arrow keys; one council lit on the whole page. */
(function () {
  "use strict";
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, text) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } return node; }
  var REACH = 14; // how far from a mark a pointer may be, in units of the picture
  var councils = (window.COUNCILS || []).map(function (row) { return { name: row[0], slug: row[1].replace(/^councils\/|\.html$/g, ""), code: row[3] }; });
  function found(asked) { return councils.filter(function (one) { return one.code === asked || one.slug === asked; })[0]; }
  /* Reading the address this way never fails, whatever stands in it. */
  function asked() { return new URLSearchParams(location.hash.slice(1)).get("council"); }

  /* The report of a council leads on to pages where it is lit. */
  var own = document.body.dataset.kind === "council" && document.querySelector("a[href*='compare.html#councils=']");
  if (own) {
    var slug = own.hash.slice("#councils=".length);
    all("main a[href*='/lenses/'], main a[href*='/measures/'], main a[href*='/modules/']").forEach(function (link) { if (!link.hash) { link.hash = "council=" + slug; } });
  }

  /* What the table of the page says of a council, in the columns that a chart shows. */
  function told(picture, code) {
    var table = document.querySelector("table[data-part='" + picture.dataset.of + "']");
    var row = table && all("tbody tr", table).filter(function (one) { return one.dataset.key === code; })[0];
    if (!row) { return ""; }
    var heads = all("thead th", table), said = [];
    picture.dataset.show.split(" ").forEach(function (id) {
      heads.forEach(function (head, at) { if (head.dataset.col === id) { said.push(head.textContent.trim().toLowerCase() + " " + row.children[at].textContent.trim()); } });
    });
    return row.children[0].textContent.trim() + ": " + said.join(", ");
  }
  function marks(picture) {
    var held = [];
    all("path[data-codes]", picture).forEach(function (path) {
      var places = path.getAttribute("d").split("M").slice(1);
      path.dataset.codes.split(" ").forEach(function (code, at) {
        var place = places[at].split("h")[0].split(" ");
        held.push({ code: code, x: Number(place[0]), y: Number(place[1]), say: function () { return told(picture, code); }, bar: picture.querySelector("rect[data-code='" + code + "']") });
      });
    });
    all("path[data-code]", picture).forEach(function (path) {
      var corners = path.getAttribute("d").slice(1, -1).split(" ").map(Number);
      held.push({ code: path.dataset.code, x: corners[0], y: (corners[1] + corners[7]) / 2, say: function () { return path.querySelector("title").textContent; }, shape: path });
    });
    return held;
  }
  var pictures = [];
  function answer(picture) {
    var chart = { picture: picture, marks: marks(picture), tip: make("p"), at: -1, ring: null };
    chart.tip.className = "tip"; chart.tip.setAttribute("role", "status");
    picture.after(chart.tip);
    pictures.push(chart);
    listen(chart);
    return chart;
  }
  function show(chart, mark) {
    if (chart.ring) { chart.ring.remove(); chart.ring = null; }
    all(".hex.lit, .bar.lit", chart.picture).forEach(function (hex) { hex.classList.remove("lit"); });
    chart.tip.textContent = mark ? mark.say() : "";
    if (!mark) { return; }
    if (mark.shape) { mark.shape.classList.add("lit"); return; }
    if (mark.bar) { mark.bar.classList.add("lit"); }
    chart.ring = document.createElementNS(chart.picture.namespaceURI, "circle");
    [["class", "ring"], ["cx", mark.x], ["cy", mark.y], ["r", mark.bar ? 4 : 6]].forEach(function (pair) { chart.ring.setAttribute(pair[0], pair[1]); });
    chart.picture.appendChild(chart.ring);
  }
  function lit(chart) { var one = found(asked()); return one && chart.marks.filter(function (mark) { return mark.code === one.code; })[0]; }
  function listen(chart) {
    function near(event) {
      var place = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.picture.getScreenCTM().inverse()), best = null, least = REACH;
      chart.marks.forEach(function (mark) { var gap = mark.bar ? Math.abs(mark.x - place.x) : Math.hypot(mark.x - place.x, mark.y - place.y); if (gap < least) { best = mark; least = gap; } });
      if (best) { show(chart, best); }
    }
    chart.picture.addEventListener("pointermove", near);
    chart.picture.addEventListener("pointerdown", near);
    chart.picture.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") { show(chart, lit(chart)); } });
    /* Arrow keys go through the councils from the left to the right. */
    chart.marks.sort(function (one, two) { return one.x - two.x || one.y - two.y; });
    var title = chart.picture.querySelector("title").textContent, keys = make("button", "Step through the councils");
    keys.type = "button"; keys.className = "walk"; keys.setAttribute("aria-label", "Step through the councils with the arrow keys: " + title);
    keys.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) { return; }
      event.preventDefault();
      chart.at = Math.min(Math.max(chart.at + step, 0), chart.marks.length - 1);
      show(chart, chart.marks[chart.at]);
    });
    keys.addEventListener("click", function () { chart.at = (chart.at + 1) % chart.marks.length; show(chart, chart.marks[chart.at]); });
    chart.tip.after(keys);
  }
  all("main svg").filter(function (picture) { return picture.querySelector("[data-codes], [data-code]"); }).forEach(answer);
  /* A chart that a reader asks for later answers, too. */
  window.CHARTS = { add: function (picture) { var chart = answer(picture); show(chart, lit(chart)); }, lit: function () { return found(asked()); } };

  /* One council lit on the whole page, kept in the address and in the links to other editions. */
  function light() {
    var one = found(asked());
    all("tr.lit").forEach(function (row) { row.classList.remove("lit"); });
    if (one) { all("main tr[data-key='" + one.code + "']").forEach(function (row) { row.classList.add("lit"); }); }
    all(".editions a").forEach(function (link) { if (one) { link.hash = "council=" + one.slug; } });
    pictures.forEach(function (chart) { show(chart, lit(chart)); });
  }
  var form = document.querySelector("form.light");
  if (!form || !councils.length) { pictures.forEach(function (chart) { show(chart, null); }); return; }
  var input = form.querySelector("input");
  form.hidden = false;
  window.CouncilBox.attach(input, form.querySelector(".hits"), function (one) {
    history.replaceState(null, "", "#council=" + one.slug);
    input.value = one.title;
    light();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!input.value.trim()) { history.replaceState(null, "", location.pathname + location.search); light(); }
  });
  var first = found(asked());
  if (first) { input.value = first.name; }
  window.addEventListener("hashchange", light);
  light();
})();
