/* What if: the figures of one edition and a reader's settings in, a ranking out. Pure functions: no page, no address bar.
   The same steps in SQL are in analyses/what_if.sql; a test holds the two together. */
(function (scope) {
  "use strict";
  var SIGNS = 7, SPEND = ["raw", "need_adjusted", "three_year", "need_and_place"], MEAN = ["arithmetic", "power", "geometric"], SPREAD = ["frozen", "none"];

  /* Figures. Numbers of a list are seven signs of base 36 each, dots where there is none. */
  function numbers(text, scale) {
    var found = [];
    for (var at = 0; at < text.length; at += SIGNS) { var word = text.substr(at, SIGNS); found.push(word.charAt(0) === "." ? null : parseInt(word, 36) / scale); }
    return found;
  }
  function places(text) { var found = []; for (var at = 0; at < text.length; at += 2) { found.push(parseInt(text.substr(at, 2), 36)); } return found; }
  function read(file) {
    return {
      edition: file.edition, rules: file.rules, presets: file.presets,
      councils: file.councils.map(function (row) { return { code: row[0], title: row[1], standing: row[2], rank: row[3], best: row[4], worst: row[5] }; }),
      lenses: file.lenses.map(function (lens) {
        var spend = {};
        SPEND.forEach(function (name) { spend[name] = numbers(lens.spend[name], 1e9); });
        return {
          id: lens.id, name: lens.name, weight: lens.weight, spendWeight: lens.spend_weight, scale: lens.spread_scale, spend: spend,
          measures: lens.measures.map(function (measure) { return { id: measure.id, name: measure.name, weight: measure.weight, scores: numbers(measure.scores, 1e8) }; })
        };
      }),
      peers: file.peers.map(function (group) { return { id: group.id, name: group.name, members: group.members.map(places) }; })
    };
  }

  /* Settings: what is not said is as published. */
  function published(figures) {
    var weights = {};
    figures.lenses.forEach(function (lens) { weights[lens.id] = lens.weight; });
    return { weights: weights, out: [], spend: SPEND[0], mean: MEAN[0], spread: SPREAD[0], council: "", among: "" };
  }
  function ofPreset(figures, preset) {
    var settings = published(figures);
    settings.spend = preset.spend; settings.mean = preset.mean; settings.spread = preset.spread;
    if (preset.weights === "spend") { figures.lenses.forEach(function (lens) { settings.weights[lens.id] = lens.spendWeight; }); }
    return settings;
  }
  function isSame(one, other) {
    return one.spend === other.spend && one.mean === other.mean && one.spread === other.spread
      && one.out.slice().sort().join() === other.out.slice().sort().join()
      && Object.keys(one.weights).every(function (id) { return one.weights[id] === other.weights[id]; });
  }
  function known(list, value, otherwise) { return list.indexOf(value) < 0 ? otherwise : value; }
  function ids(list) { return list.map(function (each) { return each.id; }); }
  /* A weight is a number from 0 to 100; anything else is none. */
  function weight(text) { return /^\d{1,3}(\.\d{1,12})?$/.test(text) && Number(text) <= 100 ? Number(text) : null; }

  /* The address after #: only what differs from the published ranking is named, and what cannot be read is left out. */
  function toAddress(figures, settings) {
    var plain = published(figures), parts = [];
    ["council", "among", "spend", "mean", "spread"].forEach(function (name) { if (settings[name] !== plain[name]) { parts.push(name + "=" + settings[name]); } });
    var weighed = figures.lenses.filter(function (lens) { return settings.weights[lens.id] !== lens.weight; });
    if (weighed.length) { parts.push("weights=" + weighed.map(function (lens) { return lens.id + ":" + settings.weights[lens.id]; }).join(",")); }
    if (settings.out.length) { parts.push("out=" + settings.out.join(",")); }
    return parts.join("&");
  }
  function fromAddress(figures, text) {
    var settings = published(figures), lenses = ids(figures.lenses), measures = [];
    figures.lenses.forEach(function (lens) { measures = measures.concat(ids(lens.measures)); });
    String(text).replace(/^#/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("="), name = pair.slice(0, at), value;
      if (at < 1) { return; }
      try { value = decodeURIComponent(pair.slice(at + 1)); } catch (error) { return; }
      if (name === "council") { settings.council = known(figures.councils.map(function (each) { return each.code; }), value, settings.council); }
      if (name === "among") { settings.among = known(ids(figures.peers), value, settings.among); }
      if (name === "spend") { settings.spend = known(SPEND, value, settings.spend); }
      if (name === "mean") { settings.mean = known(MEAN, value, settings.mean); }
      if (name === "spread") { settings.spread = known(SPREAD, value, settings.spread); }
      if (name === "weights") {
        value.split(",").forEach(function (each) {
          var lens = each.split(":")[0], number = weight(each.slice(lens.length + 1));
          if (lenses.indexOf(lens) >= 0 && number !== null) { settings.weights[lens] = number; }
        });
      }
      if (name === "out") { settings.out = measures.filter(function (id) { return value.split(",").indexOf(id) >= 0; }); }
    });
    return settings;
  }

  /* The ranking. */
  function rounded(value, places) { var factor = Math.pow(10, places); return Math.round(value * factor) / factor; }
  function median(values) {
    var sorted = values.slice().sort(function (a, b) { return a - b; }), middle = (sorted.length - 1) / 2;
    var low = sorted[Math.floor(middle)], high = sorted[Math.ceil(middle)];
    return low + (high - low) * (middle - Math.floor(middle));
  }
  var INTO = { arithmetic: function (x) { return x; }, power: Math.sqrt, geometric: Math.log };
  var OUT_OF = { arithmetic: function (x) { return x; }, power: function (x) { return x * x; }, geometric: Math.exp };
  /* The mean score of what a council has of the measures kept; null where it has none. */
  function outcome(measures, at, mean) {
    var sum = 0, present = 0;
    measures.forEach(function (measure) {
      if (measure.scores[at] !== null) { sum += measure.weight * INTO[mean](measure.scores[at]); present += measure.weight; }
    });
    return present > 0 ? rounded(OUT_OF[mean](sum / present), 9) : null;
  }
  /* Outcome over spend in one lens, by council: undefined where the council is not in the lens, null without a measure. */
  function productivity(figures, lens, settings) {
    var kept = lens.measures.filter(function (measure) { return settings.out.indexOf(measure.id) < 0; });
    return figures.councils.map(function (council, at) {
      var reported = lens.spend.raw[at], spend = lens.spend[settings.spend][at];
      if (reported === null || spend === null || reported < figures.rules.spend_index_floor || reported > figures.rules.spend_index_ceiling) { return undefined; }
      var score = outcome(kept, at, settings.mean);
      return score === null ? null : score / spend;
    });
  }
  /* Ranks best first, equal where nine decimals are; `among` says which rows take part. */
  function ranks(rows, among) {
    var values = rows.filter(among).map(function (row) { return rounded(row.productivity, 9); });
    return rows.map(function (row) {
      var own = rounded(row.productivity, 9);
      return among(row) ? 1 + values.filter(function (value) { return value > own; }).length : null;
    });
  }
  function ranking(figures, settings) {
    var sums = figures.councils.map(function () { return { lenses: 0, counted: 0, weight: 0, sum: 0 }; });
    figures.lenses.forEach(function (lens) {
      var values = productivity(figures, lens, settings), weight = settings.weights[lens.id];
      var held = values.filter(function (value) { return value !== undefined && value !== null; }), middle = held.length ? Math.log(median(held)) : 0;
      values.forEach(function (value, at) {
        if (value === undefined) { return; }
        sums[at].lenses += 1;
        if (value === null || !(weight > 0)) { return; }
        sums[at].counted += 1; sums[at].weight += weight;
        sums[at].sum += weight * (Math.log(value) - middle) * (settings.spread === "none" ? 1 : lens.scale);
      });
    });
    var chosen = figures.councils.map(function (each) { return each.code; }).indexOf(settings.council);
    var group = figures.peers.filter(function (each) { return each.id === settings.among; })[0];
    var peers = group && chosen >= 0 ? group.members[chosen].concat(chosen) : [];
    var rows = [];
    figures.councils.forEach(function (council, at) {
      var own = sums[at];
      if (own.lenses < figures.rules.overall_minimum_lenses || own.weight <= 0) { return; }
      rows.push({ code: council.code, at: at, lenses: own.counted, productivity: rounded(Math.exp(own.sum / own.weight), 12), isPeer: peers.indexOf(at) >= 0 });
    });
    var all = ranks(rows, function () { return true; }), among = ranks(rows, function (row) { return row.isPeer; });
    rows.forEach(function (row, at) { row.rank = all[at]; row.peerRank = among[at]; row.index = 100 * row.productivity; });
    rows.sort(function (one, other) { return one.rank - other.rank || one.at - other.at; });
    return rows;
  }

  /* One sentence for the chosen council. */
  function ordinal(place) { var tens = place % 100, ending = tens > 10 && tens < 14 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[place % 10] || "th"; return place + ending; }
  function sentence(figures, settings, rows) {
    var council = figures.councils.filter(function (each) { return each.code === settings.council; })[0];
    if (!council) { return "With your choice " + rows.length + " councils are ranked. Choose a council to see what changes for it."; }
    if (council.rank === null) { return council.title + " is not ranked overall, whatever is chosen here" + council.standing.replace("Not ranked", "") + "."; }
    var row = rows.filter(function (each) { return each.code === council.code; })[0];
    if (!row) { return council.title + " has no rank with your choice. As published: " + council.standing + "."; }
    var moved = council.rank - row.rank, said = council.title + " is " + ordinal(row.rank) + " of " + rows.length + " with your choice, ";
    said += moved === 0 ? "the same rank as published" : Math.abs(moved) + (Math.abs(moved) === 1 ? " place " : " places ") + (moved > 0 ? "higher" : "lower") + " than published";
    if (council.best !== null) {
      said += row.rank >= council.best && row.rank <= council.worst ? ", and inside" : ", and outside";
      said += " its published range, " + ordinal(council.best) + (council.best === council.worst ? "" : " to " + ordinal(council.worst));
    }
    if (row.peerRank !== null && settings.among) {
      var group = figures.peers.filter(function (each) { return each.id === settings.among; })[0], size = rows.filter(function (each) { return each.isPeer; }).length;
      said += ". Among its peers (" + group.name.charAt(0).toLowerCase() + group.name.slice(1) + ") and itself it is " + ordinal(row.peerRank) + " of " + size;
    }
    return said + ".";
  }

  var core = { read: read, published: published, ofPreset: ofPreset, isSame: isSame, weight: weight, toAddress: toAddress, fromAddress: fromAddress, ranking: ranking, sentence: sentence, median: median };
  scope.WhatIf = core;
})(typeof window === "undefined" ? globalThis : window);
