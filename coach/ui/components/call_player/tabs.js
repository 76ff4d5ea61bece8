// Panels of which one is shown; arrows move between their tabs, as the ARIA pattern asks.

import { h } from "../dom.js";

export function tabs(panels, name) {
  const buttons = panels.map(({ id, name: label }, at) =>
    h("button", { role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, onclick: () => choose(at) }, label));
  const bodies = panels.map(({ id, body }) =>
    h("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, class: "panel" }, body));
  const list = h("div", { role: "tablist", class: "tabs", "aria-label": name, onkeydown: (event) => move(event) }, buttons);

  function choose(at) {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === at));
      button.tabIndex = i === at ? 0 : -1;
      bodies[i].hidden = i !== at;
    });
  }

  function move(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const at = (buttons.indexOf(event.target) + by + buttons.length) % buttons.length;
    choose(at);
    buttons[at].focus();
  }

  choose(0);
  const element = h("div", { class: "tabbed" }, list, bodies);
  element.addEventListener("choose-tab", (event) => choose(event.detail));
  return element;
}
