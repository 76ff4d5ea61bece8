// How long calls are kept: the rule, how many calls would go by another, and the question before they do.

import { h, icon } from "../dom.js";
import { localMoment } from "../dates.js";

const LONGEST = 36500;

export function retentionPart(page) {
  const { retention } = page.data;
  return page.section("keep", now(page), retention.fixed ? null : retention.asked ? question(page) : form(page));
}

function now(page) {
  const { days, fixed, by, at, older, kept } = page.data.retention;
  const rule = days === null ? page.t("keep.forever") : page.t("keep.days", { n: days });
  return h("div", { class: "rule" }, h("p", { class: "big" }, icon("clock"), rule),
    h("p", { class: "note" }, fixed ? page.t("keep.fixed") : by && at ? page.t("keep.by", { by, when: localMoment(at, page.data.lang) }) : page.t("keep.usual")),
    h("p", { class: "note" }, page.t("keep.kept", { n: kept }), older ? ` ${page.t("keep.older", { n: older })}` : ""));
}

function form(page) {
  const { days } = page.data.retention;
  const field = h("input", { type: "number", min: 1, max: LONGEST, step: 1, required: true, value: page.entered.days ?? days ?? "", dataset: { name: "days" }, oninput: (event) => { page.entered.days = event.target.value; } });
  const send = (event) => {
    event.preventDefault();
    page.trigger("count", { days: Number(field.value) });
  };
  return h("form", { class: "fields", "aria-label": page.t("keep"), onsubmit: send },
    h("label", { class: "field" }, page.t("keep.after"), field),
    h("button", { class: "button", dataset: { name: "count" } }, page.t("keep.count")),
    days === null ? null : h("button", { class: "button", type: "button", dataset: { name: "forever" }, onclick: () => page.trigger("keep", { days: null }) }, page.t("keep.stop")));
}

function question(page) {
  const { days, n } = page.data.retention.asked;
  return h("div", { class: "question", role: "alertdialog", "aria-label": page.t("keep"), onkeydown: (event) => event.key === "Escape" && page.trigger("leave", true) },
    h("p", {}, h("strong", {}, page.t(n ? "keep.would" : "keep.would_none", { n, days })), h("span", { class: "note" }, page.t("keep.would_note"))),
    h("button", { class: "button", dataset: { name: "leave" }, onclick: () => page.trigger("leave", true) }, page.t("leave")),
    h("button", { class: `button ${n ? "danger" : "primary"}`, dataset: { name: "keep" }, onclick: () => page.trigger("keep", { days, n }) }, page.t(n ? "keep.do" : "keep.do_none", { n })));
}
