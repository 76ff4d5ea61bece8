// What was said of money and days, each with the place where it was said.

import { clock, h, icon, unseen } from "../dom.js";
import { money, statedDay, withWeekday } from "../dates.js";

export function factsPanel(screen) {
  const { facts } = screen.view;
  const { lang } = screen.data;
  const sum = (value, about) => (value === null ? screen.t("sum_open") : statedSum(screen, value, about));
  const day = (date) => (date === null ? screen.t("day_open") : withWeekday(statedDay(date, lang), date, lang));
  const sections = [
    section(screen, "fact.plan", facts.plan ? [[facts.plan.turn, planText(screen, facts.plan), planCheck(screen, facts.plan)]] : []),
    section(screen, "fact.promises", facts.promises.map((p) =>
      [p.turn, `${screen.role(p.who)} · ${sum(p.amount, p.about)} · ${day(p.due)}${p.how ? ` · ${p.how}` : ""}`, why(screen, p.dueWhy)])),
    section(screen, "fact.amounts", facts.amounts.map((a) => [a.turn, sum(a.value, a.about), [h("span", { class: "chip" }, screen.t(`amount.${a.kind}`)), words(a)]])),
    section(screen, "fact.dates", facts.dates.map((d) => [d.turn, day(d.date), [words(d), why(screen, d.why)]])),
  ].filter(Boolean);
  return h("div", { class: "facts" }, sections.length ? sections : h("p", { class: "empty" }, screen.t("no_facts")));
}

// Why a day is uncertain, beside it.
function why(screen, reason) {
  return reason ? h("span", { class: "chip tone-check", title: screen.t("day_uncertain") }, icon("help"), reason) : null;
}

export function statedSum(screen, value, about) {
  const sum = money(value, screen.data.lang);
  return about ? screen.t("sum_about", { sum }) : sum;
}

function section(screen, key, rows) {
  if (!rows.length) return null;
  return h("section", { class: "group" }, h("h2", {}, screen.t(key)),
    h("ul", { class: "rows" }, rows.map(([turn, text, extra]) => h("li", {},
      h("span", { class: "value" }, text), extra ?? null, place(screen, turn)))));
}

function words({ words: said }) {
  return h("span", { class: "words" }, `“${said}”`);
}

function planText(screen, plan) {
  const { lang } = screen.data;
  const parts = [
    plan.total === null ? null : screen.t("plan_total", { total: money(plan.total, lang) }),
    plan.instalments === null ? null : screen.t("plan_parts", { n: plan.instalments }),
    plan.each === null ? null : screen.t("plan_one", { each: money(plan.each, lang) }),
    plan.starts === null ? null : screen.t("plan_starts", { day: statedDay(plan.starts, lang) }),
  ];
  return parts.filter(Boolean).join(" · ");
}

function planCheck(screen, plan) {
  if (plan.addsUp === null) return null;
  return h("span", { class: `chip tone-${plan.addsUp ? "merit" : "fault"}` }, icon(plan.addsUp ? "check" : "warn"),
    screen.t(plan.addsUp ? "adds_up" : "adds_not_up"));
}

// A button to the turn where something was said.
export function place(screen, turn) {
  if (turn === null || turn === undefined) return null;
  const { at } = screen.view.turns[turn];
  const when = at ? clock(at[0]) : screen.t("turn_number", { n: turn + 1 });
  return h("button", { class: "place", onclick: () => screen.open({ turn, at }) },
    unseen(screen.t("go")), at && screen.data.sound ? icon("play", true) : null, when);
}
