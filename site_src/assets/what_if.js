/* What if: the panel, the address and the table; what is computed is in what_if_core.js. */
(function () {
  "use strict";
  var core = window.WhatIf, tool = document.getElementById("tool");
  if (!core || !window.WHAT_IF || !tool) { return; }
  var figures = core.read(window.WHAT_IF), form = tool.querySelector("form"), said = document.getElementById("wi-said"), place = document.getElementById("wi-table");
  var settings = core.published(figures), published = {};
  core.ranking(figures, settings).forEach(function (row) { published[row.code] = row.index; });
  function all(selector) { return Array.prototype.slice.call(tool.querySelectorAll(selector)); }
  function make(tag, text, kind) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } if (kind) { node.className = kind; } return node; }
  function box(name) { return document.getElementById("wi-" + name); }

  /* The reader's own councils are a group of peers, too; the address then names them. */
  var mine = window.CouncilBox.own(), places = figures.councils.map(function (each, at) { return at; }).filter(function (at) { return mine.some(function (each) { return each.code === figures.councils[at].code; }); });
  if (places.length) {
    var option = make("option", "Your councils");
    option.value = "mine"; box("among").appendChild(option);
    figures.peers.push({ id: "mine", name: "your councils", members: figures.councils.map(function () { return places; }) });
  }
  function toAddress() { return core.toAddress(figures, settings) + (settings.among === "mine" ? "&mine=" + mine.map(function (each) { return each.slug; }).join(",") : ""); }

  function named(code) { return figures.councils.filter(function (each) { return each.code === code; }).map(function (each) { return each.title; })[0] || ""; }
  function choose(code) { settings.council = code; if (!code) { settings.among = ""; } keep(); }

  function show() {
    var preset = figures.presets.filter(function (each) { return core.isSame(core.ofPreset(figures, each), settings); })[0];
    box("preset").value = preset ? preset.id : "";
    ["among", "spend", "mean", "spread"].forEach(function (name) { box(name).value = settings[name]; });
    if (document.activeElement !== box("council")) { box("council").value = named(settings.council); }
    box("among").disabled = !settings.council;
    all("[data-lens]").forEach(function (input) {
      var number = settings.weights[input.dataset.lens];
      if (core.weight(input.value) !== number) { input.value = String(Math.round(number * 100) / 100); }
    });
    all("[data-measure]").forEach(function (input) { input.checked = settings.out.indexOf(input.dataset.measure) < 0; });
  }
  function table(rows) {
    var among = settings.council && settings.among, shown = among ? rows.filter(function (row) { return row.isPeer; }) : rows;
    var held = make("div", undefined, "scroll"), drawn = make("table"), top = make("thead"), head = make("tr"), body = make("tbody");
    var caption = "Overall, " + figures.edition + ": " + (among ? "the council and its peers" : "every council") + " with your choice";
    held.tabIndex = 0; held.setAttribute("role", "region"); held.setAttribute("aria-label", caption);
    drawn.dataset.part = "what-if"; drawn.appendChild(make("caption", caption));
    (among ? ["Among peers"] : []).concat(["With your choice", "Council", "As published, and where it likely lies", "Places moved", "Index", "Index as published"]).forEach(function (text, at) {
      var cell = make("th", text, /^(As|Council)/.test(text) ? "" : "n"); cell.scope = "col"; head.appendChild(cell);
    });
    top.appendChild(head); drawn.appendChild(top);
    shown.forEach(function (row) {
      var council = figures.councils[row.at], line = make("tr", undefined, row.code === settings.council ? "lit" : ""), name = make("th", council.title);
      line.dataset.key = row.code; name.scope = "row";
      if (among) { line.appendChild(make("td", String(row.peerRank), "n")); }
      line.appendChild(make("td", String(row.rank), "n")); line.appendChild(name); line.appendChild(make("td", council.standing));
      var moved = council.rank - row.rank;
      line.appendChild(make("td", moved > 0 ? "+" + moved : String(moved).replace("-", "\u2212"), "n"));
      line.appendChild(make("td", row.index.toFixed(1), "n"));
      line.appendChild(make("td", published[row.code].toFixed(1), "n"));
      body.appendChild(line);
    });
    drawn.appendChild(body); held.appendChild(drawn); place.textContent = ""; place.appendChild(held);
  }
  function draw() {
    var rows = core.ranking(figures, settings), text = core.sentence(figures, settings, rows);
    show(); table(rows);
    if (said.textContent !== text) { said.textContent = text; }
    var address = toAddress();
    Array.prototype.forEach.call(document.querySelectorAll(".editions a"), function (link) { link.hash = address; });
    return address;
  }
  function keep() { var address = draw(); history.replaceState(null, "", "#" + address); }
  function readAddress() { settings = core.fromAddress(figures, location.hash); draw(); }
  /* A place of the page, such as #main, is no choice. */
  function onAddress() { if (location.hash.length < 2 || location.hash.indexOf("=") > 0) { readAddress(); } }

  form.addEventListener("input", function (event) {
    var input = event.target, lens = input.dataset.lens, measure = input.dataset.measure;
    if (lens) {
      var number = core.weight(input.value.trim());
      input.setAttribute("aria-invalid", String(number === null));
      if (number === null) { return; }
      settings.weights[lens] = number;
    } else if (measure) {
      settings.out = settings.out.filter(function (id) { return id !== measure; }).concat(input.checked ? [] : [measure]);
    } else if (input.id === "wi-preset") {
      var chosen = figures.presets.filter(function (each) { return each.id === input.value; })[0], council = settings.council, among = settings.among;
      if (!chosen) { return; }
      settings = core.ofPreset(figures, chosen); settings.council = council; settings.among = among;
    } else if (input === box("council")) {
      if (input.value.trim() || !settings.council) { return; }
      choose("");
    } else {
      settings[input.id.slice(3)] = input.value;
    }
    keep();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    var council = settings.council, among = settings.among;
    settings = core.published(figures); settings.council = council; settings.among = among;
    all("[aria-invalid]").forEach(function (input) { input.removeAttribute("aria-invalid"); input.value = ""; });
    keep();
  });
  window.CouncilBox.attach(box("council"), tool.querySelector(".hits"), function (council, input) {
    input.value = council.title;
    if (!named(council.code)) { said.textContent = council.title + " is not in the edition " + figures.edition + "."; return; }
    choose(council.code);
  });
  window.addEventListener("hashchange", onAddress);
  tool.hidden = false;
  readAddress();
})();
