/* The reader's own councils on lists of all councils: their rows are marked, and can be shown alone. */
(function () {
  "use strict";
  var box = window.CouncilBox, kinds = ["lens", "measure", "module", "movers"];
  if (!box || kinds.indexOf(document.body.dataset.kind) < 0) { return; }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, text, kind) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } if (kind) { node.className = kind; } return node; }
  var line = make("p", undefined, "mine-line");
  function show() {
    var own = box.own(), codes = own.map(function (council) { return council.code; }), slugs = own.map(function (council) { return council.slug; }).join(",");
    all("tr.mine").forEach(function (row) { row.classList.remove("mine"); });
    all("tr[data-key]").forEach(function (row) {
      /* The style says so behind the name: the name itself stays what data and pictures are named by. */
      if (codes.indexOf(row.dataset.key) >= 0) { row.classList.add("mine"); }
    });
    line.textContent = ""; line.remove();
    if (!own.length || !document.querySelector("tr.mine")) { document.body.classList.remove("only-mine"); return; }
    var label = make("label"), only = make("input"), compare = make("a", "Compare them"), send = make("a", "Link to this page with them");
    only.type = "checkbox"; only.checked = document.body.classList.contains("only-mine");
    only.addEventListener("change", function () { document.body.classList.toggle("only-mine", only.checked); });
    label.append(only, " Show their rows alone");
    compare.href = document.body.dataset.root + "compare.html#councils=" + slugs; send.href = "#mine=" + slugs;
    line.append("Your councils: " + own.map(function (council) { return council.title; }).join(", ") + ". ", label, " ", compare, " ", send);
    var first = document.querySelector("tr.mine").closest("section") || document.querySelector("main section");
    first.querySelector("h2, h3").after(line);
  }
  all("table").forEach(function (table) { if (table.querySelector("tr[data-key^='E']")) { table.classList.add("of-councils"); } });
  window.addEventListener("hashchange", show);
  show();
})();
