// Pictures of numbers: a line of scores, a bar of verdicts, a table coloured by how much was reached.

import { h, svg } from "../dom.js";
import { shortDay } from "../dates.js";

const [WIDTH, HEIGHT, TOP, LEFT, BOTTOM, RIGHT] = [320, 116, 8, 26, 18, 8];
const GROUPS = ["critical", "dont", "do", "manner"];
const STEPS = [0.5, 0.7, 0.85, 0.95]; // shares at which the colour of a cell changes

const year = () => String(new Date().getFullYear());

// The mean score of each week, 0 to 100; a week without calls leaves a gap.
export function scoreLine(team, { weeks }, name) {
  const { lang } = team.data;
  const x = (i) => LEFT + (weeks.length > 1 ? (i * (WIDTH - LEFT - RIGHT)) / (weeks.length - 1) : (WIDTH - LEFT - RIGHT) / 2);
  const y = (score) => TOP + ((100 - score) * (HEIGHT - TOP - BOTTOM)) / 100;
  const points = weeks.map(({ week, mean, n }, i) => ({ week, mean, n, x: x(i), y: mean === null ? null : y(mean) }));
  const said = points.filter(({ mean }) => mean !== null).map(({ week, mean }) => `${shortDay(week, lang, year())} ${mean}`).join(team.t("joint"));
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "line-chart", role: "img", "aria-label": team.t("scores_of", { name, scores: said }) });
  for (const score of [0, 50, 100]) {
    picture.append(svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(score), y2: y(score) }),
      label(LEFT - 5, y(score) + 3.5, String(score), "end"));
  }
  for (const run of runs(points)) picture.append(svg("polyline", { class: "score-line", points: run.map((p) => `${p.x},${p.y}`).join(" ") }));
  for (const p of points.filter(({ mean }) => mean !== null)) {
    const dot = svg("circle", { class: "dot", cx: p.x, cy: p.y, r: 3.2 });
    dot.append(titled(`${shortDay(p.week, lang, year())}: ${p.mean} (${team.t("calls_n", { n: p.n })})`));
    picture.append(dot);
  }
  const ends = weeks.length > 1 ? [[0, "start"], [weeks.length - 1, "end"]] : [[0, "middle"]];
  for (const [i, anchor] of ends) picture.append(label(x(i), HEIGHT - 4, shortDay(weeks[i].week, lang, year()), anchor));
  return picture;
}

function runs(points) {
  const found = [[]];
  for (const point of points) {
    if (point.mean === null) found.push([]);
    else found.at(-1).push(point);
  }
  return found.filter((run) => run.length > 1);
}

function label(x, y, words, anchor) {
  return svg("text", { x, y, "text-anchor": anchor, class: "axis-label" }, words);
}

function titled(words) {
  return svg("title", {}, words);
}

// How the calls came out, as parts of one bar.
export function verdictBar(team, verdicts) {
  const all = Object.values(verdicts).reduce((sum, n) => sum + n, 0);
  const parts = Object.entries(verdicts).filter(([, n]) => n);
  const said = parts.map(([name, n]) => `${team.t(`verdict.${name}`)} ${n}`).join(team.t("joint"));
  return h("div", { class: "verdict-bar", role: "img", "aria-label": said, title: said },
    parts.map(([name, n]) => h("span", { class: `verdict-${name}`, style: { "flex-grow": String(n / all) } })));
}

// Criteria by week: the share reached; a click shows the calls in which it was missed.
export function heatTable(team) {
  const { criteria, team: { weeks }, lang } = team.data;
  const head = h("tr", {}, h("th", { scope: "col" }, team.t("criterion")), h("th", { scope: "col", class: "num" }, team.t("whole")),
    weeks.map(({ week }) => h("th", { scope: "col", class: "num" }, shortDay(week, lang, year()))));
  const groups = GROUPS.filter((group) => criteria.some((one) => one.group === group));
  return h("div", { class: "heat scroll", tabindex: 0, role: "region", "aria-label": team.t("criteria") }, h("table", {}, h("thead", {}, head),
    groups.map((group) => h("tbody", {},
      h("tr", { class: "group-row" }, h("th", { colspan: weeks.length + 2, scope: "rowgroup" }, team.t(`group.${group}`))),
      criteria.filter((one) => one.group === group).map((one) => h("tr", {}, h("th", { scope: "row" }, one.name),
        cell(team, one, one.all, null), one.weeks.map((share, i) => cell(team, one, share, weeks[i].week))))))));
}

function cell(team, { id, name }, { n, share }, week) {
  if (share === null) return h("td", { class: "num blank" }, "·");
  const step = STEPS.filter((least) => share >= least).length;
  const words = String(Math.round(100 * share));
  const said = team.t("cell", { name, share: words, n });
  const inside = share < 1 && week ? h("button", { "aria-label": said, title: said, onclick: () => team.trigger("drill", { criterion: id, week }) }, words) : h("span", { title: said }, words);
  return h("td", { class: `num heat-${step} ${week ? "" : "all"}` }, inside);
}
