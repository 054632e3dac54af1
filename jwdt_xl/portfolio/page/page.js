"use strict";
// Whatever enterprises wrote goes in as text: by textContent, and into labels of plotly, which reads tags, by plain().
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, indicators, findings, quadrants, distribution } = data;
  const { columns, rows } = data.ranking;
  const MOST = 300; // rows that a table begins with, and that a click adds
  const COLOURS = { ink: "#1f2933", accent: "#1f5c4d", muted: "#5f6c72", band: "#e8eef0", other: "#b3541e", chosen: "#c2185b" };
  const byId = (id) => document.getElementById(id);
  const fill = (text, values) => text.replace(/\{(\w)\}/g, (_, key) => values[key]);
  const place = Object.fromEntries(columns.map(([key], i) => [key, i]));
  const NUMBERS = { score: (v) => v.toFixed(2), percent: (v) => `${v.toFixed(2)}%`, weight: (v) => v.toFixed(4), count: String, number: String };
  const shown = (value, kind) => (value === null ? "–" : kind in NUMBERS ? NUMBERS[kind](value) : value);
  const valueOf = (row, key) => (key in place ? rows[row][place[key]] : null);
  const nameOf = (row) => valueOf(row, "name") || valueOf(row, "file");
  const isRanked = (row) => valueOf(row, "rank") !== null;
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const collator = new Intl.Collator(data.language);

  // What is chosen: an enterprise by its row, an indicator (-1: findings about no single one), a severity; undefined: all.
  let chosen = {};
  let order = { column: 0, down: false };

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function button(text, kind, act) {
    const made = element("button", text, kind);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // The rows of a table, the first MOST of them; a click adds as many.
  function list(table, found, line, width, least = 0) {
    const body = byId(table).tBodies[0];
    body.replaceChildren();
    const add = (from, to) => {
      const more = document.createDocumentFragment();
      for (const each of found.slice(from, to)) more.append(line(each));
      if (to < found.length) {
        const last = element("tr");
        const cell = element("td");
        cell.colSpan = width;
        const left = { k: Math.min(MOST, found.length - to), n: found.length - to };
        cell.append(button(fill(words.more, left), "", () => { last.remove(); add(to, to + MOST); }));
        last.append(cell);
        more.append(last);
      }
      body.append(more);
    };
    add(0, Math.max(MOST, least));
  }

  function head(table, titles, act) {
    const line = element("tr");
    titles.forEach(([title, isNumber], i) => {
      const cell = element("th", act ? undefined : title, isNumber ? "number" : "");
      cell.scope = "col";
      if (act) cell.append(button(title, "", () => act(i)));
      line.append(cell);
    });
    byId(table).tHead.replaceChildren(line);
  }

  const keys = rows.map((_, row) => folded(["name", "uscc", "region", "file"].map((key) => valueOf(row, key) ?? "").join("\n")));

  function compare(one, other) {
    const [a, b] = [rows[one][order.column], rows[other][order.column]];
    if (a === b) return one - other;
    if (a === null || a === "") return 1;
    if (b === null || b === "") return -1;
    const less = typeof a === "string" ? collator.compare(a, b) : a - b;
    return (order.down ? -less : less) || one - other;
  }

  function ranking() {
    const wanted = folded(byId("search").value).trim();
    const found = rows.map((_, row) => row).filter((row) => keys[row].includes(wanted)).sort(compare);
    byId("shown").textContent = fill(words.shown, { n: found.length, m: rows.length });
    [...byId("ranking").tHead.rows[0].cells].forEach((cell, i) =>
      cell.setAttribute("aria-sort", i !== order.column ? "none" : order.down ? "descending" : "ascending"));
    list("ranking", found, (row) => {
      const line = element("tr", undefined, [isRanked(row) ? "" : "unranked", chosen.row === row ? "chosen" : ""].join(" ").trim());
      line.tabIndex = 0;
      line.dataset.place = row;
      columns.forEach(([, , kind], i) => {
        const value = shown(rows[row][i], kind);
        const cell = element("td", kind === "text" ? undefined : value, kind === "text" ? "" : "number");
        if (kind === "text") {
          cell.append(element("div", value));
          if (value.length > 20) cell.title = value;
        }
        line.append(cell);
      });
      return line;
    }, columns.length, found.indexOf(chosen.row) + 1);
  }

  const isAbout = (finding, indicator) => (indicator < 0 ? finding[4].length === 0 : finding[4].includes(indicator));

  function map() {
    const severities = findings.severities;
    head("map", [[words.indicator], [words.count, true], [words.mean, true], [words.lost, true], ...severities.map(([, name]) => [name, true])]);
    const lines = [...indicators.entries(), [-1, null]].map(([which, each]) => {
      const line = element("tr");
      line.append(element("td", each ? `${each[0]} ${each[1]}` : words.whole));
      line.append(element("td", each ? String(each[2]) : "", "number"));
      for (const i of [3, 4]) line.append(element("td", each ? shown(each[i], "score") : "", "number"));
      severities.forEach(([key], severity) => {
        const count = findings.rows.filter((each) => each[1] === severity && isAbout(each, which)).length;
        const cell = element("td", undefined, "number");
        const made = button(String(count), count ? key : "", () => choose({ indicator: which, severity }));
        made.disabled = count === 0;
        made.dataset.indicator = which;
        made.dataset.severity = severity;
        cell.append(made);
        line.append(cell);
      });
      return line;
    });
    byId("map").tBodies[0].replaceChildren(...lines);
  }

  function listed() {
    const { row, severity, indicator } = chosen;
    const found = findings.rows.filter((each) => (row === undefined || each[0] === row)
      && (severity === undefined || each[1] === severity) && (indicator === undefined || isAbout(each, indicator)));
    const said = [];
    if (row !== undefined) said.push(nameOf(row));
    if (indicator !== undefined) said.push(indicator < 0 ? words.whole : indicators[indicator].slice(0, 2).join(" "));
    if (severity !== undefined) said.push(findings.severities[severity][1]);
    byId("chosen").textContent = `${said.join(" · ") || words.all}: ${fill(words.listed, { n: found.length })}`;
    list("findings", found, ([of, grave, where, text]) => {
      const line = element("tr");
      line.append(element("td", findings.severities[grave][1], findings.severities[grave][0]), element("td", nameOf(of)),
        element("td", where), element("td", findings.texts[text]));
      return line;
    }, 4);
    for (const made of byId("map").querySelectorAll("button")) {
      made.setAttribute("aria-pressed", String(Number(made.dataset.indicator) === indicator && Number(made.dataset.severity) === severity));
    }
  }

  function choose(what) {
    const byRow = (row) => byId("ranking").querySelector(`tr[data-place="${row}"]`);
    byRow(chosen.row)?.classList.remove("chosen");
    chosen = what;
    if (chosen.row !== undefined && !byRow(chosen.row)) { // one of the picture, which the list does not show
      byId("search").value = "";
      ranking();
    }
    byRow(chosen.row)?.classList.add("chosen");
    listed();
    mark();
  }

  // A name in a label of plotly: its tags and entities become text, its end is cut.
  function plain(text) {
    const line = text.replace(/\s+/g, " ");
    const short = [...line].length > 60 ? `${[...line].slice(0, 60).join("")}…` : line;
    return short.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  const look = { margin: { l: 64, r: 10, t: 10, b: 54 }, font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: COLOURS.ink },
    paper_bgcolor: "white", plot_bgcolor: "white", legend: { orientation: "h", traceorder: "normal", y: 1.02, yanchor: "bottom", x: 0 } };
  // These buttons and no others: one of plotly's own would send the chart to its makers.
  const settings = { responsive: true, displaylogo: false, displayModeBar: true, locale: data.language, plotlyServerURL: "",
    modeBarButtons: [["toImage", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"]] };

  function scatter() {
    const { reach, rates, axes } = quadrants;
    const EDGE = 1.16; // beyond the reach stand the names of the quadrants
    const axis = (title) => ({ title: { text: title }, tickformat: ".0%", range: [-reach * EDGE, reach * EDGE], zeroline: true,
      zerolinecolor: COLOURS.muted, gridcolor: COLOURS.band });
    const there = rows.map((_, row) => row).filter((row) => rates[row] !== null);
    const size = there.length > 1000 ? 5 : 9;
    const trace = (name, of, marker) => ({ type: "scatter", mode: "markers", name, x: of.map((row) => rates[row][0]), y: of.map((row) => rates[row][1]),
      text: of.map((row) => plain(nameOf(row))), customdata: of.map((row) => [row, shown(valueOf(row, "total"), "score"), shown(valueOf(row, "rank"), "count")]),
      hovertemplate: `<b>%{text}</b><br>${columns[place.rank][1]} %{customdata[2]}, ${columns[place.total][1]} %{customdata[1]}<br>`
        + `${axes[0]} %{x:.2%}<br>${axes[1]} %{y:.2%}<extra></extra>`, marker });
    const ranked = there.filter(isRanked);
    const others = there.filter((row) => !isRanked(row));
    const traces = [
      trace(words.ranked, ranked, { size, color: ranked.map((row) => valueOf(row, "total")), cmin: 0, cmax: 100, opacity: 0.85,
        colorscale: [[0, "#e6c35c"], [0.5, "#5aa789"], [1, "#123f5a"]], line: { width: size > 6 ? 1 : 0, color: "white" },
        colorbar: { title: { text: columns[place.total][1] }, thickness: 10, len: 0.6, outlinewidth: 0 } }),
      trace(words.unranked, others, { size: size + 1, symbol: "x-thin", line: { width: 2, color: COLOURS.other } }),
    ];
    const names = quadrants.names.map(([x, y, text]) => ({ x: 0.6 * x * reach, y: 0.5 * (1 + EDGE) * y * reach, text, showarrow: false, font: { color: COLOURS.muted } }));
    Plotly.newPlot("quadrants", traces, { ...look, xaxis: axis(axes[0]), yaxis: axis(axes[1]), hovermode: "closest", annotations: names,
      hoverlabel: { align: "left", bgcolor: "white", bordercolor: COLOURS.accent, font: look.font } }, settings);
    byId("quadrants").on("plotly_click", (event) => {
      const row = event.points[0].customdata?.[0];
      choose({ row });
      const box = byId("ranking").parentElement;
      const line = byId("ranking").querySelector("tr.chosen");
      box.scrollTop = line.offsetTop - byId("ranking").tHead.offsetHeight;
    });
  }

  // The chosen one is ringed in the picture. A shape is drawn without the other points being drawn anew.
  function mark() {
    const at = chosen.row === undefined ? null : quadrants.rates[chosen.row];
    const ring = at && { type: "circle", xsizemode: "pixel", ysizemode: "pixel", xanchor: at[0], yanchor: at[1], x0: -10, x1: 10, y0: -10, y1: 10,
      line: { color: COLOURS.chosen, width: 3 } };
    Plotly.relayout("quadrants", { shapes: ring ? [ring] : [] });
  }

  function bars() {
    const { width } = distribution;
    const trace = (name, counts, colour) => ({ type: "bar", name, x: counts.map((_, i) => (i + 0.5) * width), y: counts, width: width * 0.92, marker: { color: colour },
      customdata: counts.map((_, i) => `${i * width}–${(i + 1) * width}`), hovertemplate: `${columns[place.total][1]} %{customdata}<br>%{y} · %{data.name}<extra></extra>` });
    const traces = [trace(words.ranked, distribution.ranked, COLOURS.accent)];
    if (distribution.unranked.some((count) => count > 0)) traces.push(trace(words.unranked, distribution.unranked, COLOURS.other));
    Plotly.newPlot("distribution", traces, { ...look, barmode: "stack", showlegend: traces.length > 1,
      xaxis: { title: { text: columns[place.total][1] }, range: [0, 100.2], dtick: width, gridcolor: COLOURS.band, zeroline: false },
      yaxis: { title: { text: words.count }, tickformat: "d", rangemode: "tozero", gridcolor: COLOURS.band } }, settings);
  }

  byId("head").textContent = data.head.join("\n");
  for (const [name, value, kind] of data.facts) {
    const box = element("div");
    box.append(element("dt", name), element("dd", shown(value, kind)));
    byId("facts").append(box);
  }
  byId("ranking-title").textContent = data.ranking.title;
  byId("quadrants-title").textContent = quadrants.title;
  byId("distribution-title").textContent = distribution.title;
  byId("map-title").textContent = words.map;
  byId("map-lead").textContent = words.map_lead;
  byId("findings-title").textContent = findings.title;
  byId("files-title").textContent = words.left;
  byId("sort").textContent = words.sort;
  byId("everything").textContent = words.everything;
  byId("everything").addEventListener("click", () => choose({}));
  const search = byId("search");
  search.placeholder = words.search;
  search.setAttribute("aria-label", words.search);
  search.addEventListener("input", ranking);
  const select = (event) => {
    const line = event.target.closest("tr[data-place]");
    if (line && (event.type === "click" || event.key === "Enter")) choose({ row: Number(line.dataset.place) });
  };
  byId("ranking").addEventListener("click", select);
  byId("ranking").addEventListener("keydown", select);

  head("ranking", columns.map(([, title, kind]) => [title, kind !== "text"]), (i) => {
    const best = ["score", "percent", "weight"].includes(columns[i][2]); // the highest first
    order = { column: i, down: order.column === i ? !order.down : best };
    ranking();
  });
  head("findings", [[findings.columns[0]], [columns[place.name][1]], [findings.columns[1]], [findings.columns[2]]]);
  head("files", data.files.columns.map((title) => [title]));
  list("files", data.files.rows, (cells) => {
    const line = element("tr");
    line.append(...cells.map((cell) => element("td", cell)));
    return line;
  }, data.files.columns.length);
  byId("left").hidden = data.files.rows.length === 0;
  ranking();
  map();
  listed();
  Plotly.register({ moduleType: "locale", name: data.language, dictionary: data.buttons, format: {} });
  scatter();
  bars();
})();
