// The judgement at a glance: score, verdict, critical failures in plain words, and the facts that count.

import { clock, h, icon, svg } from "../dom.js";
import { money, shortDay, withWeekday } from "../dates.js";
import { bothScores } from "./people.js";
import { statedSum } from "./facts.js";
import { speakersLine } from "./speakers.js";
import { versionsLine } from "./versions.js";

const TONES = { pass: "merit", needs_work: "fault", fail: "critical", not_assessed: "plain" };

export function summary(screen) {
  const { view } = screen;
  const tone = TONES[view.verdict];
  return h("div", { class: "summary" },
    versionsLine(screen),
    h("div", { class: "glance" },
      dial(screen, tone),
      h("div", { class: "verdict" },
        h("span", { class: `chip big tone-${tone}` }, screen.t(`verdict.${view.verdict}`)),
        h("p", {}, view.because))),
    bothScores(screen),
    speakersLine(screen),
    critical(screen),
    glanceFacts(screen),
    doubts(screen));
}

function dial(screen, tone) {
  const { score } = screen.view;
  const radius = 46;
  const turn = 2 * Math.PI * radius;
  const ring = (name, share) => svg("circle", {
    class: name, cx: 56, cy: 56, r: radius, fill: "none", "stroke-width": 10, "stroke-linecap": "round",
    "stroke-dasharray": `${share * turn} ${turn}`, transform: "rotate(135 56 56)",
  });
  const name = score === null ? screen.t("no_score") : screen.t("score_of", { score });
  const picture = svg("svg", { viewBox: "0 0 112 112", "aria-hidden": "true" }, ring("track", 0.75));
  if (score) picture.append(ring("reached", 0.75 * score / 100));
  return h("div", { class: `dial dial-${tone}`, role: "img", "aria-label": name },
    picture,
    h("span", { class: "number", "aria-hidden": "true" }, score === null ? "—" : String(score)),
    h("span", { class: "unit", "aria-hidden": "true" }, screen.t(score === null ? "no_score" : "points")));
}

function critical(screen) {
  const failed = screen.view.criteria.filter(({ id }) => screen.view.critical.includes(id));
  if (!failed.length) return null;
  const rows = failed.map((criterion) => {
    const first = criterion.evidence[0];
    return h("li", {},
      h("button", { class: "critical-row", onclick: () => first && screen.openMark(markOf(screen, criterion, first)) },
        h("strong", {}, screen.t(`critical.${criterion.id}` in screen.texts ? `critical.${criterion.id}` : "critical.other", { title: criterion.title })),
        first ? h("span", { class: "quote" }, `“${first.quote}”`) : null,
        first?.at ? h("span", { class: "when" }, icon("play", true), clock(first.at[0])) : null,
        criterion.evidence.length > 1 ? h("span", { class: "more" }, screen.t("and_more", { n: criterion.evidence.length - 1 })) : null));
  });
  return h("section", { class: "critical-box tone-critical", "aria-label": screen.t("critical_heading", { n: failed.length }) },
    h("h2", {}, icon("warn"), screen.t("critical_heading", { n: failed.length })),
    h("ul", {}, rows));
}

function markOf(screen, criterion, evidence) {
  return screen.marks.find((mark) => mark.criterion === criterion.id && mark.turn === evidence.turn && mark.quote === evidence.quote);
}

function glanceFacts(screen) {
  const { facts } = screen.view;
  const { lang } = screen.data;
  const year = screen.view.call.startedAt?.slice(0, 4);
  const day = (date) => shortDay(date, lang, year);
  const plan = facts.plan?.instalments
    ? screen.t(facts.plan.each ? "plan_each" : "plan_parts", { n: facts.plan.instalments, each: facts.plan.each ? money(facts.plan.each, lang) : "" })
    : null;
  const promise = facts.promises[0];
  const promised = promise
    ? [promise.amount === null ? null : statedSum(screen, promise.amount, promise.about), promise.due === null ? null : day(promise.due)].filter(Boolean)
    : null;
  const cells = [
    ["fact.amount_due", facts.amountDue === null ? null : statedSum(screen, facts.amountDue, facts.amountDueAbout)],
    ["fact.deadline", facts.deadline === null ? null : withWeekday(day(facts.deadline), facts.deadline, lang)],
    ["fact.plan", plan],
    ["fact.promise", promised?.length === 0 ? screen.t("promised") : promised],
  ];
  return h("dl", { class: "glance-facts" }, cells.map(([key, value]) =>
    h("div", {}, h("dt", {}, screen.t(key)), h("dd", { class: value ? "" : "none" }, [value ?? screen.t("not_said")].flat().map((part) => h("span", {}, part))))));
}

// Why a day among these facts is uncertain, in a line below them.
function doubts(screen) {
  const { facts } = screen.view;
  const found = [["fact.deadline", facts.deadlineWhy], ["fact.promise", facts.promises[0]?.dueWhy]].filter(([, reason]) => reason);
  if (!found.length) return null;
  return h("ul", { class: "doubts", "aria-label": screen.t("day_uncertain") },
    found.map(([key, reason]) => h("li", {}, icon("help"), h("span", {}, screen.t("doubt", { what: screen.t(key), reason })))));
}
