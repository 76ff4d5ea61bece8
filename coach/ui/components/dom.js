// The one way in which the components make elements. Text only ever becomes a text node: what was said on a
// call, or a file's name, can therefore never be markup.

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) assign(element, name, value);
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function assign(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const ICONS = {
  back: "M15 5l-7 7 7 7",
  bin: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12",
  check: "M5 12.5l4.5 4.5L19 7.5",
  chevron: "M9 6l6 6-6 6",
  clock: "M12 7v5l3 2M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14",
  comment: "M4 5h16v11H10l-4 3.5V16H4z",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  dash: "M6 12h12",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z",
  filter: "M4 6h16M7 12h10M10 18h4",
  flag: "M6 21V4h11l-2 4 2 4H6",
  half: "M12 4a8 8 0 100 16 8 8 0 000-16zM12 4v16",
  help: "M9.2 9.2a2.8 2.8 0 115 1.8c-1 1-2.2 1.5-2.2 3M12 17.4v.1M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z",
  moon: "M19 14.5A7.5 7.5 0 119.5 5 6 6 0 0019 14.5z",
  next: "M7 6l8 6-8 6zM18 6v12",
  pause: "M8 5.5v13M16 5.5v13",
  play: "M8 5.5v13l11-6.5z",
  plus: "M12 5v14M5 12h14",
  previous: "M17 6l-8 6 8 6zM6 6v12",
  search: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  warn: "M12 4L2.5 20h19zM12 10v4.5M12 17v.1",
  wave: "M4 10v4M8 6v12M12 9v6M16 4v16M20 10v4",
  bulb: "M9 18h6M10 21h4M8.5 15.5C7 14.3 6 12.6 6 10.5a6 6 0 1112 0c0 2.1-1 3.8-2.5 5z",
};

export function icon(name, filled = false) {
  const path = svg("path", {
    d: ICONS[name], fill: filled ? "currentColor" : "none", stroke: "currentColor",
    "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round",
  });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, path);
}

// Words for a screen reader only.
export function unseen(text) {
  return h("span", { class: "visually-hidden" }, text, " ");
}

// "{n} of {all}" with the values put in.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// The theme follows the background that Streamlit uses, so that both always agree.
export function applyTheme(root) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  root.dataset.theme = luminance(background) < 0.5 ? "dark" : "light";
}

function luminance(color) {
  const hex = /^#([0-9a-f]{6})/i.exec(color);
  const parts = hex
    ? [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16))
    : (color.match(/[\d.]+/g) ?? ["255", "255", "255"]).slice(0, 3).map(Number);
  return (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]) / 255;
}

// Streamlit calls a component again whenever its data or the theme changed; one instance stays for its element.
export function mounted(make) {
  const instances = new WeakMap();
  return (component) => {
    const { parentElement } = component;
    let instance = instances.get(parentElement);
    if (!instance) {
      const root = h("div", { class: "cc" });
      parentElement.append(root);
      instance = make(root);
      instances.set(parentElement, instance);
    }
    applyTheme(instance.root);
    instance.update(component);
    return () => {
      instance.stop?.();
      instance.root.remove();
      instances.delete(parentElement);
    };
  };
}

export function sameData(previous, next) {
  return JSON.stringify(previous) === JSON.stringify(next);
}
