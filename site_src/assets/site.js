/* Adds sorting, choice of peers and copying a link. Everything else works without it. */
(function () {
  "use strict";
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, text) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } return node; }
  /* What cannot be decoded is left out: no address stops the page. */
  function hash() { var found = Object.create(null); location.hash.slice(1).split("&").forEach(function (pair) { var at = pair.indexOf("="); if (at > 0) { try { found[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (error) { return; } } }); return found; }

  /* A page that leads on takes along what stands after the address. */
  var moved = document.querySelector("a.moved");
  if (moved) { moved.hash = location.hash; location.replace(moved.href); return; }

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
  all("button.print").forEach(function (button) { button.hidden = false; button.addEventListener("click", function () { if (location.hash === "#summary") { location.hash = "main"; } window.print(); }); });
  var opened = [];
  window.addEventListener("beforeprint", function () { opened = all("details:not([open])"); opened.forEach(function (part) { part.open = !part.closest("figure"); }); });
  window.addEventListener("afterprint", function () { opened.forEach(function (part) { part.open = false; }); });

  /* A report: what an address names is unfolded, and its two sheets print by themselves. */
  function unfold() { var part = document.getElementById(location.hash.slice(1)), at = part; while (at) { if (at.tagName === "DETAILS") { at.open = true; } at = at.parentElement; } if (part) { part.scrollIntoView(); } }
  if (document.body.dataset.kind === "council") { window.addEventListener("hashchange", unfold); if (location.hash) { unfold(); } }
  all("a.print-summary").forEach(function (link) { link.addEventListener("click", function () { setTimeout(function () { window.print(); }, 50); }); });
  window.addEventListener("beforeprint", function () { all(".printed-on").forEach(function (part) { part.textContent = "Printed " + new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" }) + "."; }); });
})();
