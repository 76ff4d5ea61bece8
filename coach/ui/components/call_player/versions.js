// The reviews of a call, where it was reviewed more than once: which one is shown, and the way to the others.

import { h, icon } from "../dom.js";
import { localMoment } from "../dates.js";

export function versionsLine(screen) {
  const { versions } = screen.data;
  if (!versions) return null;
  const earlier = versions.shown !== versions.stands;
  const go = (version) => screen.trigger("version", version);
  const chosen = h("select", { "aria-label": screen.t("versions.choose"), onchange: (event) => go(Number(event.target.value)) },
    versions.all.toReversed().map((one) => h("option", { value: one.version, selected: one.version === versions.shown }, name(screen, one, versions))));
  return h("div", { class: `versions ${earlier ? "earlier tone-check" : ""}`, role: earlier ? "status" : null },
    h("label", {}, h("span", {}, screen.t("versions.label", { n: versions.all.length })), chosen),
    earlier ? h("p", {}, icon("warn"), h("span", { class: "grow" }, screen.t("versions.earlier")),
      h("button", { class: "small", onclick: () => go(versions.stands) }, screen.t("versions.back"))) : null);
}

function name(screen, one, { stands }) {
  return screen.t(one.version === stands ? "versions.stands" : "versions.one", {
    n: one.version, when: localMoment(one.when, screen.data.lang), verdict: screen.t(`verdict.${one.verdict}`),
    score: one.score === null ? screen.t("no_score") : one.score, playbook: one.playbookVersion,
  });
}
