// What a mark is, beside the pointer.

import { h } from "../dom.js";

export class Tip {
  constructor() {
    this.element = h("div", { class: "tip", role: "tooltip", hidden: true });
  }

  on(target, make) {
    target.addEventListener("pointerenter", () => this.show(target, make()));
    target.addEventListener("pointerleave", () => this.hide());
    target.addEventListener("focus", () => this.show(target, make()));
    target.addEventListener("blur", () => this.hide());
  }

  show(target, parts) {
    this.element.replaceChildren(...parts);
    this.element.hidden = false;
    const box = target.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const left = Math.min(window.innerWidth - own.width - 8, Math.max(8, box.left + box.width / 2 - own.width / 2));
    this.element.style.left = `${left}px`;
    this.element.style.top = `${box.bottom + 8 + own.height > window.innerHeight ? box.top - own.height - 8 : box.bottom + 8}px`;
  }

  hide() {
    this.element.hidden = true;
  }
}
