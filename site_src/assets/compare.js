/* Councils side by side: the choice stands in the address, figures of an edition come when it is chosen. */
(function () {
  "use strict";
  var data = window.COMPARE, box = window.CouncilBox, tool = document.getElementById("tool");
  if (!data || !box || !tool) { return; }
  window.COMPARED = window.COMPARED || {};
  var DASH = "\u2013", chosen = [], notUnderstood = [], edition = data.main, asked = "";
  var editionBox = part("edition"), add = part("add"), place = part("compared");
  var FIGURES = [["productivity_index", "Productivity index", "index, 100 at the median council"], ["outcome_score", "Outcome score", "score, 1 to 100"], ["spend_index", "Spend index", "England is 1"], ["spend_per_head_gbp", "Spend per head, \u00a3", "pounds a head"]];
  function part(id) { return document.getElementById(id); }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  function make(tag, text, kind) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } if (kind) { node.className = kind; } return node; }
  var sample = document.createElement("div"); sample.innerHTML = "<svg></svg>";
  function drawn(tag, attributes) { var node = document.createElementNS(sample.firstChild.namespaceURI, tag); Object.keys(attributes).forEach(function (name) { node.setAttribute(name, String(attributes[name])); }); return node; }
  function known(slug) { return data.councils[slug]; }
  function named(slugs) { return slugs.map(function (slug) { return known(slug).title; }).join(", "); }
  function same(one, two) { return one.slice().sort().join() === two.slice().sort().join(); }

  /* Pictures: the likely range of a rank, and a line over the editions; the cell says the same in words. */
  function across(value, low, high) { return 5 + 110 * (high > low ? (value - low) / (high - low) : 0.5); }
  function picture(height) { return drawn("svg", { "class": height ? "mini trend" : "mini", viewBox: "0 0 120 " + (height || 14), "aria-hidden": "true" }); }
  function range(row) {
    var svg = picture(), ranked = Math.max(row[4], 2), from = across(row[2], 1, ranked), to = across(row[3], 1, ranked);
    svg.appendChild(drawn("path", { "class": "grid", d: "M5 7L115 7" }));
    if (row[2] !== null && row[3] !== null) { svg.appendChild(drawn("rect", { "class": "range", x: from - 1, y: 4.5, width: to - from + 2, height: 5 })); }
    svg.appendChild(drawn("circle", { "class": "lit", cx: across(row[1], 1, ranked), cy: 7, r: 3.5 }));
    return svg;
  }
  function plain(text) { return Number(text.replace(/\u2212/g, "-").replace(/,/g, "")); }
  function line(values, low, high) {
    var svg = picture(28), run = "", last = null;
    values.forEach(function (value, at) {
      if (value === null) { last = null; return; }
      var x = across(at, 0, values.length - 1), y = 25 - 22 * (high > low ? (plain(value) - low) / (high - low) : 0.5);
      run += (last === null || data.breaks.indexOf(at) >= 0 ? "M" : "L") + x.toFixed(1) + " " + y.toFixed(1); last = at;
      svg.appendChild(drawn("circle", { "class": "s1", cx: x.toFixed(1), cy: y.toFixed(1), r: 2.2 }));
    });
    svg.insertBefore(drawn("path", { "class": "line s1", d: run || "M0 0" }), svg.firstChild);
    return svg;
  }

  /* Tables. */
  function table(id, caption, heads, rows, into) {
    var held = make("div", undefined, "scroll"), made = make("table"), top = make("thead"), head = make("tr"), body = make("tbody");
    held.tabIndex = 0; held.setAttribute("role", "region"); held.setAttribute("aria-label", caption);
    made.dataset.part = id; made.appendChild(make("caption", caption));
    heads.forEach(function (text) { var cell = make("th"); cell.scope = "col"; cell.append(text); head.appendChild(cell); });
    rows.forEach(function (row) {
      var shown = make("tr");
      row.forEach(function (content, at) { var cell = make(at ? "td" : "th"); if (!at) { cell.scope = "row"; } [].concat(content).forEach(function (one) { cell.append(one); }); shown.appendChild(cell); });
      body.appendChild(shown);
    });
    top.appendChild(head); made.appendChild(top); made.appendChild(body); held.appendChild(made); into.appendChild(held);
  }
  function fold(title, into) { var part = make("details"); part.appendChild(make("summary", title)); into.appendChild(part); return part; }
  function reports() {
    return chosen.map(function (slug) {
      var link = make("a", known(slug).title), newest = slug in held().standings;
      link.href = "councils/" + slug + (newest && known(slug).main !== edition ? "-" + edition : "") + ".html";
      return link;
    });
  }
  function held() { return window.COMPARED[edition]; }
  function standings(slug) { return has(held().standings, slug) ? held().standings[slug] : null; }
  function values(slug) { return has(held().values, slug) ? held().values[slug] : null; }
  function nowhere(slug) { return "no such council in " + edition; }
  function rankings() {
    var heads = function () { return ["Lens"].concat(reports()); };
    table("compared-0", "Rank, and where it likely lies, " + edition, heads(), data.rankings.map(function (ranking, at) {
      return [ranking[1]].concat(chosen.map(function (slug) {
        var row = standings(slug); row = row && row[at];
        return !row ? nowhere(slug) : row[1] === null ? row[0] : [row[0], range(row)];
      }));
    }), place);
    FIGURES.forEach(function (figure, which) {
      var rows = data.rankings.map(function (ranking, at) {
        return [ranking[1]].concat(chosen.map(function (slug) { var row = standings(slug); return row ? row[at][5 + which] || DASH : nowhere(slug); }));
      });
      /* Overall has an index; outcome and spend are those of lenses. */
      table("compared-" + (which + 1), figure[1] + ", " + edition, heads(), which ? rows.slice(1) : rows, place);
    });
  }
  function cell(slug, at) {
    var own = values(slug), value = own && own[at];
    return !own ? nowhere(slug) : !value ? DASH : value.length > 1 ? value[0] + ", grade " + value[1] : value[0];
  }
  function measures() {
    place.appendChild(make("h3", "Measures, " + edition));
    data.rankings.slice(1).forEach(function (lens) {
      var rows = [];
      held().measures.forEach(function (measure, at) {
        if (measure[0] !== lens[0]) { return; }
        rows.push([[measure[2] + " ", make("small", measure[3] + "; " + measure[4])], measure[5] || DASH].concat(chosen.map(function (slug) { return cell(slug, at); })));
      });
      if (rows.length) { table("compared-measures-" + lens[0], lens[1] + ", measures, " + edition, ["Measure", "England, median"].concat(reports()), rows, fold(lens[1], place)); }
    });
  }
  function trends() {
    place.appendChild(make("h3", "Trends, every edition"));
    data.rankings.slice(1).forEach(function (lens) {
      var into = null;
      [["outcome", "outcome score"], ["spend", "spend index, England is 1"]].forEach(function (what, which) {
        var all = [], rows = chosen.map(function (slug) {
          var series = ((data.trends[slug] || {})[lens[0]] || []).map(function (pair) { return pair && pair[which]; });
          while (series.length < data.editions.length) { series.push(null); }
          all = all.concat(series.filter(function (value) { return value !== null; }).map(plain));
          return [slug, series];
        });
        if (!all.length) { return; }
        into = into || fold(lens[1], place);
        var low = Math.min.apply(null, all), high = Math.max.apply(null, all);
        table("compared-trend-" + lens[0] + "-" + what[0], lens[1] + ", " + what[1], ["Council", "As a line"].concat(data.editions), rows.map(function (row) {
          return [known(row[0]).title, line(row[1], low, high)].concat(row[1].map(function (value) { return value === null ? DASH : value; }));
        }), into);
      });
      if (into) { into.appendChild(make("p", "Lines of a table share one scale. A line is broken where a value is missing and where the counts of people begin anew.", "note")); }
    });
  }

  /* What could not be shown is said, never dropped. */
  function told() {
    var list = tool.querySelector(".told"), said = notUnderstood.slice();
    chosen.forEach(function (slug) {
      var own = known(slug).editions, next = known(slug).followed_by;
      if (own.indexOf(edition) >= 0) { return; }
      said.push(known(slug).title + " has no figures of " + edition + ": it is in " + (own.length > 1 ? "the editions " + own[0] + " to " + own[own.length - 1] : "the edition " + own[0]) + " only." + (next.length ? " After it came " + named(next) + "." : ""));
    });
    list.textContent = "";
    said.forEach(function (text) { list.appendChild(make("li", text)); });
  }
  function ownSlugs() { return box.kept().map(function (council) { return council.slug; }); }
  function buttons() {
    var own = ownSlugs();
    part("keep").hidden = !chosen.length || same(own, chosen); part("use").hidden = !own.length || same(own, chosen); part("forget").hidden = !own.length; part("save").hidden = !chosen.length;
    part("kept").textContent = own.length ? "Your councils, kept in this browser and nowhere else: " + named(own.filter(known)) + "." : "";
  }
  function draw() {
    var list = tool.querySelector(".chosen");
    list.textContent = "";
    chosen.forEach(function (slug) {
      var item = make("li"), button = make("button", known(slug).title + " \u00d7"); button.type = "button"; button.setAttribute("aria-label", "Remove " + known(slug).title);
      button.addEventListener("click", function () { chosen = chosen.filter(function (other) { return other !== slug; }); keep(); add.focus(); });
      item.appendChild(button); list.appendChild(item);
    });
    told(); buttons();
    if (!chosen.length) { place.textContent = ""; place.appendChild(make("p", "Choose councils to put side by side.")); return; }
    withFigures(function () { place.textContent = ""; rankings(); measures(); trends(); });
  }
  /* The figures of an edition are a script of their own, fetched when first asked for. */
  function withFigures(then) {
    if (held()) { then(); return; }
    var script = make("script"), now = asked = edition;
    script.src = "assets/compare-" + edition + ".js";
    script.onload = function () { if (asked === now) { then(); } };
    script.onerror = function () { place.textContent = ""; place.appendChild(make("p", "The figures of " + now + " could not be read: load the page again.")); };
    document.head.appendChild(script);
  }

  /* The address, and the choice. */
  function keep() { notUnderstood = []; history.replaceState(null, "", "#councils=" + chosen.join(",") + "&edition=" + edition); draw(); }
  function read() {
    var address = new URLSearchParams(location.hash.slice(1)), named = address.get("councils"), year = address.get("edition");
    chosen = []; notUnderstood = [];
    (named === null ? ownSlugs() : named.split(",")).forEach(function (name) {
      var council = name.trim() && box.one(name);
      if (council && has(data.councils, council.slug)) { if (chosen.indexOf(council.slug) < 0) { chosen.push(council.slug); } } else if (name.trim()) { notUnderstood.push(unclear(name)); }
    });
    edition = data.editions.indexOf(year) >= 0 ? year : data.main;
    if (year && year !== edition) { notUnderstood.push("There is no edition \u201c" + year + "\u201d: " + edition + " is shown."); }
    editionBox.value = edition;
    draw();
  }
  function unclear(name) {
    var found = box.find(name).map(function (hit) { return hit.council.title; });
    return "\u201c" + name + "\u201d " + (found.length ? "is no council's full name. Add the one you mean: " + found.slice(0, 5).join(", ") + (found.length > 5 ? " or another." : ".") : "names no council here.");
  }
  function choose(council) {
    add.value = "";
    if (!has(data.councils, council.slug)) { notUnderstood = [council.title + " has no figures here."]; told(); return; }
    if (chosen.indexOf(council.slug) < 0) { chosen.push(council.slug); }
    keep();
  }

  /* The choice as a file: a line for each figure, numbers as programs read them, no cell that a spreadsheet calculates. */
  function guarded(text) { return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[0-9]*\.?[0-9]+$/.test(text) ? "'" + text : text; }
  function field(value) { var text = value === null || value === undefined ? "" : guarded(String(value)); return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
  function figure(text) { return text === null || text === undefined ? "" : String(plain(text)); }
  function file() {
    var lines = [["edition", "gss_code", "council", "ranking_id", "ranking", "measure_id", "measure", "figure", "value", "unit", "missing_reason"]];
    chosen.forEach(function (slug) {
      var own = [edition, known(slug).code, known(slug).title];
      function add(about, name, value, unit, reason) { lines.push(own.concat(about, [name, value, unit, reason])); }
      if (!standings(slug)) { add(["", "", "", ""], "", "", "", nowhere(slug)); return; }
      data.rankings.forEach(function (ranking, at) {
        var row = standings(slug)[at], about = [ranking[0], ranking[1], "", ""], reason = row[1] === null ? row[0] : "";
        ["productivity_rank", "rank_p05", "rank_p95"].forEach(function (name, which) { add(about, name, row[1 + which], "place", row[1 + which] === null ? reason || row[0] : ""); });
        add(about, "ranked_councils", row[4], "councils", "");
        FIGURES.forEach(function (each, which) { if (at === 0 && which > 0) { return; } add(about, each[0], figure(row[5 + which]), each[2], row[5 + which] === null ? reason || "not published" : ""); });
      });
      held().measures.forEach(function (measure, at) {
        var value = values(slug)[at], lens = data.rankings.filter(function (ranking) { return ranking[0] === measure[0]; })[0], about = [measure[0], lens[1], measure[1], measure[2]];
        if (!value) { return; }
        var isHeld = /^[\u2212\d]/.test(value[0]);
        add(about, "value", isHeld ? figure(value[0]) : "", measure[3], isHeld ? "" : value[0]);
        if (value.length > 1) { add(about, "grade", value[1], "grade, A to E", ""); }
      });
    });
    return lines.map(function (line) { return line.map(field).join(","); }).join("\n") + "\n";
  }
  part("save").addEventListener("click", function () {
    withFigures(function () {
      var link = make("a"), address = URL.createObjectURL(new Blob([file()], { type: "text/csv;charset=utf-8" }));
      link.href = address; link.download = "compare-" + edition + ".csv"; link.click();
      setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
    });
  });
  part("keep").addEventListener("click", function () {
    var done = box.keep(chosen.map(box.one));
    buttons();
    if (!done) { part("kept").textContent = "This browser keeps nothing for pages. The address of this page holds your choice: keep that."; }
  });
  part("use").addEventListener("click", function () { chosen = ownSlugs(); keep(); });
  part("forget").addEventListener("click", function () { box.keep([]); buttons(); });

  tool.hidden = false;
  data.editions.forEach(function (year) { var option = make("option", year); option.value = year; editionBox.appendChild(option); });
  box.attach(add, tool.querySelector(".hits"), choose);
  editionBox.addEventListener("change", function () { edition = editionBox.value; keep(); });
  window.addEventListener("hashchange", read);
  read();
})();
