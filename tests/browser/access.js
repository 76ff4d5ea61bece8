// What the accessibility tests ask of a page; all shadow trees are walked, so that nothing hides from them.

const all = (root) =>
  [...root.querySelectorAll("*")].flatMap((element) => [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);

const parent = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;

function hidden(element) {
  for (let at = element; at; at = parent(at)) if (at.getAttribute("aria-hidden") === "true") return true;
  return !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

function nameless() {
  const named = (element) =>
    (element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.getAttribute("title") ||
      element.innerText || element.labels?.[0]?.innerText || "").trim();
  return all(document)
    .filter((element) => element.matches("button, a[href], select, input, [role=button], [role=img]"))
    .filter((element) => !hidden(element) && !named(element))
    .map((element) => element.outerHTML.slice(0, 160));
}

const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function rgba(color) {
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = color;
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

function behind(element) {
  const layers = [];
  for (let at = element; at; at = parent(at)) {
    const color = rgba(getComputedStyle(at).backgroundColor);
    if (color[3] > 0) layers.push(color);
    if (color[3] === 1) break;
  }
  const paint = (under, [r, g, b, a]) => [r, g, b].map((part, i) => part * a + under[i] * (1 - a));
  return layers.reverse().reduce(paint, [255, 255, 255]);
}

function light(rgb) {
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = rgb.map((part) => linear(part / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function opacity(element) {
  let whole = 1;
  for (let at = element; at; at = parent(at)) whole *= Number(getComputedStyle(at).opacity);
  return whole;
}

// Words with less contrast than WCAG 2.2 AA asks for.
function pale() {
  const found = [];
  for (const element of all(document)) {
    const words = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    if (!words || hidden(element) || element.closest(":disabled, style, script")) continue;
    const style = getComputedStyle(element);
    const under = behind(element);
    const [r, g, b, alpha] = rgba(style.color);
    const strength = alpha * opacity(element);
    const ink = [r, g, b].map((part, i) => part * strength + under[i] * (1 - strength));
    const [more, less] = [light(ink), light(under)].sort((one, other) => other - one);
    const ratio = (more + 0.05) / (less + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${element.className} ${words.slice(0, 30)}`);
  }
  return found;
}
