/* Every chart as a picture, made in the reader's browser: SVG with its styles within, or PNG at twice the size. */
(function () {
  "use strict";
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  var DRAWN = ["display", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family", "font-size", "font-weight", "text-anchor"];
  var WIDTH = 720, MARGIN = 12, LINE = 16, TIMES = 2;
  function named(figure) { return (document.title.split(" \u2013 ")[0] + ", " + figure.querySelector("figcaption").textContent).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""); }
  function title(figure) {
    var heading = document.querySelector("h1").textContent, said = figure.querySelector("svg title").textContent;
    return said.indexOf(heading) < 0 ? heading + ": " + said : said;
  }
  function made(kind, attributes) {
    var node = document.createElementNS(document.querySelector("main svg").namespaceURI, kind);
    Object.keys(attributes).forEach(function (name) { node.setAttribute(name, String(attributes[name])); });
    return node;
  }
  function text(words, y, bold, x) {
    var node = made("text", { x: x || 0, y: y });
    node.setAttribute("style", "font: " + (bold ? "bold " : "") + "11px Arial, Helvetica, sans-serif; fill: " + getComputedStyle(document.body).color);
    node.textContent = words;
    return node;
  }
  /* A line of the legend: its colour, or a dashed line where it has none, and its words. */
  function key(item, y) {
    var colour = getComputedStyle(item.querySelector(".key")), bare = item.querySelector(".key").classList.contains("mid");
    var mark = bare ? made("path", { d: "M0 " + (y - 4) + "H10", stroke: "#6b7278", "stroke-dasharray": "4 3" }) : made("circle", { cx: 5, cy: y - 4, r: 4, fill: colour.backgroundColor, stroke: "#6b7278", "stroke-width": 0.5 });
    return [mark, text(item.textContent.trim(), y, false, 15)];
  }
  /* The chart under its caption, what its colours mean, and where it is from; lines too long for it are broken. */
  function lines(words, room) {
    var found = [""];
    words.split(/\s+/).forEach(function (word) { var at = found.length - 1; if ((found[at] + " " + word).length > room && found[at]) { found.push(word); } else { found[at] = (found[at] + " " + word).trim(); } });
    return found;
  }
  function drawn(figure) {
    var from = figure.querySelector("svg"), box = from.viewBox.baseVal, copy = from.cloneNode(true), room = Math.floor(box.width / 6.4);
    var originals = [from].concat(all("*", from)), copies = [copy].concat(all("*", copy));
    copies.forEach(function (node, at) {
      var style = getComputedStyle(originals[at]);
      node.setAttribute("style", DRAWN.map(function (property) { return property + ": " + style.getPropertyValue(property); }).join("; "));
      node.removeAttribute("class");
    });
    all("a", copy).forEach(function (link) { link.removeAttribute("href"); });
    var top = lines(title(figure), room), keys = all(".legend li", figure);
    var below = lines("Council productivity index. " + all("footer .cite").map(function (part) { return part.textContent.trim(); }).join(" "), room);
    var head = top.length * LINE, height = box.height + head + (keys.length + below.length) * LINE + MARGIN;
    copy.setAttribute("xmlns", from.namespaceURI);
    copy.setAttribute("viewBox", [-MARGIN, -head - MARGIN, box.width + 2 * MARGIN, height + MARGIN].join(" "));
    copy.setAttribute("width", String(WIDTH)); copy.setAttribute("height", String(Math.round(WIDTH * (height + MARGIN) / (box.width + 2 * MARGIN))));
    var ground = made("rect", { x: -MARGIN, y: -head - MARGIN, width: box.width + 2 * MARGIN, height: height + MARGIN, fill: getComputedStyle(document.body).backgroundColor });
    copy.insertBefore(ground, copy.firstChild);
    top.forEach(function (words, at) { copy.appendChild(text(words, LINE * (at + 1) - head - 6, true)); });
    keys.forEach(function (item, at) { key(item, box.height + LINE * (at + 1)).forEach(function (node) { copy.appendChild(node); }); });
    below.forEach(function (words, at) { copy.appendChild(text(words, box.height + LINE * (keys.length + at + 1), false)); });
    return new XMLSerializer().serializeToString(copy);
  }
  function save(blob, name) {
    var link = document.createElement("a"), address = URL.createObjectURL(blob);
    link.href = address; link.download = name; link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  }
  function asSvg(figure) { save(new Blob([drawn(figure)], { type: "image/svg+xml" }), named(figure) + ".svg"); }
  function asPng(figure) {
    var picture = new Image(), source = drawn(figure);
    picture.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = picture.width * TIMES; canvas.height = picture.height * TIMES;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { save(blob, named(figure) + ".png"); });
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source);
  }
  function offer(figure) {
    if (!figure.querySelector("svg")) { return; }
    var place = document.createElement("p");
    place.className = "get picture";
    place.append("Save the chart as ");
    [["PNG", asPng], ["SVG", asSvg]].forEach(function (kind, at) {
      var button = document.createElement("button");
      button.type = "button"; button.textContent = kind[0];
      button.setAttribute("aria-label", "Save the chart as " + kind[0] + ": " + figure.querySelector("figcaption").textContent);
      button.addEventListener("click", function () { kind[1](figure); });
      if (at) { place.append(" "); }
      place.append(button);
    });
    figure.appendChild(place);
  }
  all("main figure").forEach(offer);
  window.PICTURES = { named: named, offer: offer, save: save, title: title };
})();
