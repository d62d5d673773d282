/* Adds search, sorting, choice of peers, comparing and copying a link. Everything else works without it. */
(function () {
  "use strict";
  var root = document.body.dataset.root;
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, text) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } return node; }
  function folded(text) { return text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, " ").trim(); }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  /* What cannot be decoded is left out: no address stops the page. */
  function hash() { var found = Object.create(null); location.hash.slice(1).split("&").forEach(function (pair) { var at = pair.indexOf("="); if (at > 0) { try { found[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (error) { return; } } }); return found; }

  /* A page that leads on takes along what stands after the address. */
  var moved = document.querySelector("a.moved");
  if (moved) { moved.hash = location.hash; location.replace(moved.href); return; }

  /* Search. */
  all("form.search").forEach(function (form) {
    form.hidden = false;
    var input = form.querySelector("input"), hits = form.querySelector(".hits");
    input.addEventListener("input", function () {
      var asked = folded(input.value); hits.textContent = "";
      if (!asked) { return; }
      var names = window.COUNCILS || [];
      var found = names.filter(function (row) { return folded(row[0]).indexOf(asked) === 0; });
      found = found.concat(names.filter(function (row) { return found.indexOf(row) < 0 && folded(row[0]).indexOf(asked) > 0; })).slice(0, 8);
      found.forEach(function (row) { var item = make("li"), link = make("a", row[0]); link.href = root + row[1]; item.appendChild(link); hits.appendChild(item); });
      if (!found.length) { var none = make("li", "No council of that name"); none.className = "none"; hits.appendChild(none); }
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); var link = hits.querySelector("a"); if (link) { location.href = link.href; } });
    form.addEventListener("keydown", function (event) {
      var links = all("a", hits), at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (at ? links[at - 1] : input).focus(); }
      if (event.key === "Escape") { hits.textContent = ""; input.focus(); }
    });
  });

  /* Sortable tables: numbers by size, words by letter, empty cells last. */
  function sortKey(row, column) {
    var cell = row.children[column], shown = all("span", cell).filter(function (span) { return getComputedStyle(span).display !== "none"; })[0];
    var text = (shown || cell).textContent.trim(), number = parseFloat(text.replace(/\u2212/g, "-").replace(/[,+]/g, ""));
    return { text: text, number: isNaN(number) ? null : number, empty: !text || text === "\u2013" };
  }
  all("table.sortable").forEach(function (table) {
    var body = table.tBodies[0];
    all("thead th", table).forEach(function (head, column) {
      if (!head.textContent.trim() || head.querySelector(".hide")) { return; }
      var button = make("button"); button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        all("thead th", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var rows = all("tr", body).map(function (row) { return { row: row, key: sortKey(row, column) }; });
        var numeric = rows.filter(function (item) { return item.key.number !== null; }).length * 2 > rows.filter(function (item) { return !item.key.empty; }).length;
        rows.sort(function (one, two) {
          var a = one.key, b = two.key, lastA = numeric ? a.number === null : a.empty, lastB = numeric ? b.number === null : b.empty;
          if (lastA || lastB) { return lastA - lastB; }
          var order = numeric ? a.number - b.number : a.text.localeCompare(b.text, "en-GB");
          return down ? -order : order;
        });
        rows.forEach(function (item) { body.appendChild(item.row); });
      });
    });
  });

  /* Choice of peers: one choice for the page, kept in the address. */
  function choosePeers(value, keep) {
    var first = document.getElementById("peers-" + value); if (!first) { return; }
    first.checked = true;
    all("fieldset.peers.again input").forEach(function (input) { input.checked = input.value === value; });
    if (keep) { history.replaceState(null, "", "#peers=" + value); }
  }
  all("fieldset.peers").forEach(function (set) { set.hidden = false; });
  all("fieldset.peers input").forEach(function (input) { input.addEventListener("change", function () { choosePeers(input.value, true); }); });
  if (hash().peers) { choosePeers(hash().peers, false); }
  all(".editions a").forEach(function (link) { link.addEventListener("click", function () { var chosen = hash().peers; if (chosen) { link.hash = "peers=" + chosen; } }); });

  /* Copy link and print. */
  all("button.copy").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      function done() { button.textContent = "Copied"; setTimeout(function () { button.textContent = "Copy link"; }, 1500); }
      function byHand() { var area = make("textarea", location.href); document.body.appendChild(area); area.select(); document.execCommand("copy"); area.remove(); done(); }
      if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(location.href).then(done, byHand); } else { byHand(); }
    });
  });
  all("button.print").forEach(function (button) { button.hidden = false; button.addEventListener("click", function () { window.print(); }); });
  var opened = [];
  window.addEventListener("beforeprint", function () { opened = all("details:not([open])"); opened.forEach(function (part) { part.open = !part.closest("figure"); }); });
  window.addEventListener("afterprint", function () { opened.forEach(function (part) { part.open = false; }); });

  /* Compare: the choice stands in the address. */
  var data = window.COMPARE, tool = document.getElementById("tool");
  if (!data || !tool) { return; }
  tool.hidden = false;
  var chosen = [], editionBox = document.getElementById("edition"), add = document.getElementById("add"), names = document.getElementById("names");
  var slugs = Object.keys(data.titles);
  slugs.forEach(function (slug) { var option = make("option"); option.value = data.titles[slug]; names.appendChild(option); });
  Object.keys(data.editions).forEach(function (edition) { var option = make("option", edition); option.value = edition; editionBox.appendChild(option); });
  function draw() {
    var list = tool.querySelector(".chosen"), place = document.getElementById("compared"), edition = editionBox.value;
    list.textContent = ""; place.textContent = "";
    chosen.forEach(function (slug) {
      var item = make("li"), button = make("button", data.titles[slug] + " \u00d7"); button.type = "button"; button.setAttribute("aria-label", "Remove " + data.titles[slug]);
      button.addEventListener("click", function () { chosen = chosen.filter(function (other) { return other !== slug; }); keep(); });
      item.appendChild(button); list.appendChild(item);
    });
    if (!chosen.length) { place.appendChild(make("p", "Choose councils to put side by side.")); return; }
    [["Rank, and where it likely lies", 0], ["Productivity index", 1], ["Outcome score", 2], ["Spend index", 3]].forEach(function (what) {
      var box = make("div"), table = make("table"), head = make("tr"), top = make("thead"), body = make("tbody");
      box.className = "scroll"; box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", what[0] + ", " + edition);
      table.dataset.part = "compared-" + what[1]; table.appendChild(make("caption", what[0] + ", " + edition));
      var corner = make("th", "Lens"); corner.scope = "col"; head.appendChild(corner);
      chosen.forEach(function (slug) { var cell = make("th"), link = make("a", data.titles[slug]); cell.scope = "col"; link.href = "councils/" + slug + ".html"; cell.appendChild(link); head.appendChild(cell); });
      top.appendChild(head); table.appendChild(top);
      data.lenses.forEach(function (lens, at) {
        if (what[1] > 1 && at === 0) { return; }
        var row = make("tr"), name = make("th", lens); name.scope = "row"; row.appendChild(name);
        chosen.forEach(function (slug) { var held = data.editions[edition][slug]; row.appendChild(make("td", held ? held[at][what[1]] : "no such council in this edition")); });
        body.appendChild(row);
      });
      table.appendChild(body); box.appendChild(table); place.appendChild(box);
    });
  }
  function keep() { history.replaceState(null, "", "#councils=" + chosen.join(",") + "&edition=" + editionBox.value); draw(); }
  function read() {
    var asked = hash();
    chosen = (asked.councils || "").split(",").filter(function (slug) { return has(data.titles, slug); });
    editionBox.value = has(data.editions, asked.edition) ? asked.edition : data.main;
    draw();
  }
  tool.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var asked = folded(add.value), slug = slugs.filter(function (other) { return folded(data.titles[other]) === asked; })[0] || slugs.filter(function (other) { return asked && folded(data.titles[other]).indexOf(asked) === 0; })[0];
    if (slug && chosen.indexOf(slug) < 0) { chosen.push(slug); }
    add.value = ""; keep();
  });
  editionBox.addEventListener("change", keep);
  window.addEventListener("hashchange", read);
  read();
})();
