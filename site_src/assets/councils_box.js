/* Finding a council: one combobox wherever one is looked for, and the reader's own councils, kept in this browser. */
(function () {
  "use strict";
  var MOST = 8, KEPT = "council-productivity.councils";
  /* Words that stand in many names and tell none apart. */
  var COMMON = /\b(council|county|city|borough|royal|london|metropolitan|unitary|district|authority|of|the)\b/g;
  function make(tag, text, kind) { var node = document.createElement(tag); if (text !== undefined) { node.textContent = text; } if (kind) { node.className = kind; } return node; }
  function folded(text) { return text.toLowerCase().normalize("NFD").replace(/['\u2019.]/g, "").replace(/&/g, " and ").replace(/[^a-z0-9]+/g, " ").trim(); }
  /* First letters of a name of three words or more, with and without "and": bcp, banes, cwac. */
  function initials(name) {
    var words = folded(name).split(" "), names = words.filter(function (word) { return word !== "and"; });
    function first(list) { return list.map(function (word) { return word.charAt(0); }).join(""); }
    return names.length > 2 ? [first(names), first(words), first(words).replace("a", "and")] : [];
  }
  var SAYS = {
    spelling: function (name) { return "also " + name; },
    district: function (name) { return name + " is a district of its area"; },
    predecessor: function (name) { return "took the place of " + name; }
  };
  var councils = (window.COUNCILS || []).map(function (row) {
    var others = [];
    Object.keys(row[4] || {}).forEach(function (kind) { row[4][kind].forEach(function (name) { others.push({ folded: folded(name), says: SAYS[kind](name) }); }); });
    return { title: row[0], href: row[1], slug: row[1].replace(/^councils\/|\.html$/g, ""), region: row[2], code: row[3], folded: folded(row[0]), bare: folded(row[0].replace(/\(.*/, "")), initials: initials(row[0]), others: others };
  });
  /* How well a name answers: 1 it is the name, 2 it begins so, 3 a word of it does, 4 it has these letters. */
  function fit(name, asked) {
    if (name === asked) { return 1; }
    if (name.indexOf(asked) === 0) { return 2; }
    return (" " + name).indexOf(" " + asked) >= 0 ? 3 : asked.length > 2 && name.indexOf(asked) >= 0 ? 4 : 9;
  }
  function ranked(asked) {
    var found = [];
    councils.forEach(function (council, at) {
      var best = council.code.toLowerCase() === asked ? 1 : Math.min(fit(council.folded, asked), fit(council.bare, asked)), note = "";
      if (best > 2 && council.initials.indexOf(asked.replace(/ /g, "")) >= 0) { best = 2.5; }
      council.others.forEach(function (other) {
        var fits = fit(other.folded, asked) + 0.5;
        if (fits < best) { best = fits; note = other.says; }
      });
      if (best < 9) { found.push({ council: council, fit: best, note: note, at: at }); }
    });
    return found.sort(function (one, two) { return one.fit - two.fit || one.at - two.at; });
  }
  /* Councils that answer to what was typed, best first; words such as "council" are left out only if need be. */
  function find(text) {
    var asked = folded(String(text)), fewer = asked.replace(COMMON, " ").replace(/ +/g, " ").trim();
    if (!asked) { return []; }
    var found = ranked(asked);
    return found.length || !fewer || fewer === asked ? found : ranked(fewer);
  }
  /* The one council that a code, an address, a name or another name means; none where two are meant. */
  function one(text) {
    var asked = String(text), exact = councils.filter(function (council) { return council.slug === asked || council.code === asked; });
    if (exact.length) { return exact[0]; }
    var found = find(asked), best = found.filter(function (hit) { return hit.fit === found[0].fit; });
    return best.length === 1 && best[0].fit < 2 ? best[0].council : null;
  }
  function isPostcode(text) { return /^[a-z]{1,2}[0-9][a-z0-9]?( ?[0-9]([a-z]{2})?)?$/i.test(text.trim()); }
  function nothing(text) {
    return isPostcode(text) ? "No list of postcodes is held here: gov.uk/find-local-council says which council yours is" : "No council of that name";
  }

  /* The pattern of a combobox with a list, as ARIA 1.2 has it: focus stays in the field, the keys move in the list. */
  var lists = 0;
  function attach(input, hits, choose) {
    var box = "councils-" + (lists += 1), active = -1, found = [], status = make("span", "", "hide");
    hits.id = box; hits.hidden = true; hits.setAttribute("role", "listbox"); hits.setAttribute("aria-label", "Councils found"); hits.removeAttribute("aria-live");
    status.setAttribute("role", "status"); hits.after(status);
    input.type = "text"; input.autocomplete = "off"; input.spellcheck = false; input.removeAttribute("list");
    [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", box]].forEach(function (pair) { input.setAttribute(pair[0], pair[1]); });
    var none = make("p", "", "nothing"); none.hidden = true; hits.after(none);
    function close() {
      hits.hidden = true; active = -1;
      input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant");
    }
    function mark(at) {
      active = at;
      Array.prototype.forEach.call(hits.children, function (item, place) { item.setAttribute("aria-selected", String(place === at)); });
      if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", hits.children[at].id);
      hits.children[at].scrollIntoView({ block: "nearest" });
    }
    function draw() {
      var all = find(input.value), text = input.value.trim();
      found = all.slice(0, MOST); hits.textContent = ""; active = -1;
      found.forEach(function (hit, at) {
        var item = make("li", hit.council.title); item.id = box + "-" + at; item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false");
        if (hit.note) { item.appendChild(make("small", " " + hit.note)); }
        item.addEventListener("pointerdown", function (event) { event.preventDefault(); });
        item.addEventListener("click", function () { take(hit.council); });
        hits.appendChild(item);
      });
      hits.hidden = !found.length; input.setAttribute("aria-expanded", String(found.length > 0)); input.removeAttribute("aria-activedescendant");
      var said = !text ? "" : !all.length ? nothing(text) : all.length === 1 ? "1 council found" : all.length + " councils found" + (all.length > MOST ? ", the first " + MOST + " shown" : "");
      none.textContent = text && !all.length ? said : ""; none.hidden = !none.textContent; status.textContent = said;
    }
    function take(council) { close(); status.textContent = ""; choose(council, input); }
    input.addEventListener("input", draw);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      var last = found.length - 1;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.hidden) { draw(); last = found.length - 1; if (last >= 0) { event.preventDefault(); mark(event.key === "ArrowDown" ? 0 : last); } return; }
      if (event.key === "ArrowDown" && last >= 0) { event.preventDefault(); mark(active < last ? active + 1 : 0); }
      if (event.key === "ArrowUp" && last >= 0) { event.preventDefault(); mark(active > 0 ? active - 1 : last); }
      if (event.key === "Escape") { event.preventDefault(); if (hits.hidden) { input.value = ""; none.hidden = true; status.textContent = ""; } close(); }
      if (event.key === "Enter") {
        event.preventDefault();
        if (!input.value.trim()) { return; }
        if (hits.hidden) { draw(); }
        if (found.length) { take(found[Math.max(active, 0)].council); }
      }
    });
    var form = input.form;
    if (form) { form.addEventListener("submit", function (event) { event.preventDefault(); if (hits.hidden && input.value.trim()) { draw(); } if (found.length && input.value.trim()) { take(found[0].council); } }); }
  }

  /* Search on every page: to the council's report. */
  var root = document.body.dataset.root;
  Array.prototype.forEach.call(document.querySelectorAll("form.search"), function (form) {
    form.hidden = false;
    attach(form.querySelector("input"), form.querySelector(".hits"), function (council, input) { input.value = council.title; location.href = root + council.href; });
  });

  /* The reader's own councils: what the address names, else what this browser keeps. Storage may be refused. */
  function inAddress(name) {
    var listed = new URLSearchParams(location.hash.slice(1)).get(name);
    return listed === null ? null : listed.split(",").map(one).filter(Boolean);
  }
  function kept() {
    try { return (localStorage.getItem(KEPT) || "").split(",").filter(Boolean).map(one).filter(Boolean); } catch (error) { return []; }
  }
  function keep(list) {
    try { if (list.length) { localStorage.setItem(KEPT, list.map(function (council) { return council.slug; }).join(",")); } else { localStorage.removeItem(KEPT); } return true; } catch (error) { return false; }
  }
  function own() { var named = inAddress("mine"); return named || kept(); }

  window.CouncilBox = { attach: attach, find: find, one: one, own: own, kept: kept, keep: keep, nothing: nothing };
})();
