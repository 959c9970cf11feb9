/**
 * Charts in the page: drawn when a reader comes near, in the colours of the page, and never without their words.
 *
 * The figure's HTML already holds the title, what the chart shows, its source and its numbers. This script adds the
 * drawing. plotly is one shared file, asked for once, by the first chart that nears the window; where it cannot be had,
 * the numbers stay open and the reader is told.
 */

import { h } from "./dom.js";

/**
 * @typedef {Record<string, any>} Plain
 * @typedef {{ data: Plain[], layout: Plain, colours: Record<string, [token: string, opacity: number]> }} Drawing
 * @typedef {{ react: (node: Element, data: Plain[], layout: Plain, config: Plain) => Promise<unknown> }} Plotly
 * @typedef {{ drawing: Drawing, node: HTMLElement, figure: HTMLElement, width: number }} Chart
 */

const NEAR = "400px";
/** Below this width, in pixels, labels beside the lines would leave no room for the lines. */
const NARROW = 480;
/** The width of a drawing on paper, in pixels: A4 between its margins. */
const PAPER = 640;
const CLEAR = "rgba(0,0,0,0)";
/** What `courseware.figures.label_lines` calls its labels. */
const LINE_LABEL = "line-label";
const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
};

/** @type {Promise<Plotly> | undefined} */
let plotly;

/**
 * Draw every chart of the page as the reader nears it, and again when colours, width or medium change.
 *
 * @param {ParentNode} [root]
 */
export function watchFigures(root = document) {
  /** @type {Map<Element, Chart>} */
  const drawn = new Map();
  const figures = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("figure.course-figure")]);
  if (!figures.length) return;
  const redraw = () => drawn.forEach((chart) => draw(chart));

  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = drawn.get(target);
      if (chart && chart.width !== chart.node.clientWidth) draw(chart);
    }
  });
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      begin(/** @type {HTMLElement} */ (target)).then((chart) => {
        if (!chart) return;
        drawn.set(chart.node, chart);
        resized.observe(chart.node);
      });
    }
  }, { rootMargin: `${NEAR} 0px` });

  for (const figure of figures) {
    figure.querySelector("details.course-numbers")?.removeAttribute("open");
    near.observe(figure);
  }
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-contrast: more)").addEventListener("change", redraw);
  onPaper(figures, drawn);
}

/**
 * Draw one figure for the first time; null, with the numbers open, where that fails.
 *
 * @param {HTMLElement} figure
 * @returns {Promise<Chart | null>}
 */
async function begin(figure) {
  const node = /** @type {HTMLElement} */ (figure.querySelector(".course-chart"));
  try {
    const drawing = JSON.parse(figure.querySelector("script.course-chart-data")?.textContent ?? "");
    await load(node.dataset.plotly ?? "");
    const chart = { drawing, node, figure, width: 0 };
    await draw(chart);
    node.classList.add("is-drawn");
    return chart;
  } catch (error) {
    console.warn("A chart could not be drawn:", error);
    const note = h("p", { class: "course-chart-note", role: "status" });
    node.replaceWith(note);
    note.textContent = "The chart could not be drawn. Its numbers are below.";
    figure.querySelector("details.course-numbers")?.setAttribute("open", "");
    return null;
  }
}

/**
 * Ask for plotly once, however many charts want it.
 *
 * @param {string} address
 * @returns {Promise<Plotly>}
 */
function load(address) {
  plotly ??= new Promise((resolve, reject) => {
    const loaded = () => {
      const found = /** @type {{ Plotly?: Plotly }} */ (/** @type {unknown} */ (globalThis)).Plotly;
      found ? resolve(found) : reject(new Error("plotly did not start"));
    };
    const failed = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(h("script", { src: address, async: true, onload: loaded, onerror: failed }));
  });
  return plotly;
}

/**
 * Draw, or draw again: plotly changes only what differs.
 *
 * @param {Chart} chart
 * @param {{ paper?: boolean }} [medium]
 */
async function draw(chart, { paper = false } = {}) {
  const { drawing, node } = chart;
  const wide = node.clientWidth;
  if (!wide && !paper) return; // folded away: it is drawn when it has a width
  chart.width = wide;
  const style = getComputedStyle(node);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--cw-${name}`).trim();
  // Paper is light, and the stored colours are the light ones.
  const { data, layout } = paper ? structuredClone(drawing) : painted(drawing, token);
  layout.width = paper ? Math.min(wide || PAPER, PAPER) : wide;
  layout.paper_bgcolor = CLEAR;
  layout.font = { ...layout.font, family: token("sans") || layout.font?.family };
  if (layout.width < NARROW) narrow(data, layout);
  node.style.setProperty("--course-chart-height", `${layout.height}px`);
  await (await load("")).react(node, data, layout, CONFIG);
}

/**
 * A copy of a drawing in the colours that the page has now.
 *
 * @param {Drawing} drawing
 * @param {(name: string) => string} token
 * @returns {{ data: Plain[], layout: Plain }}
 */
export function painted({ data, layout, colours }, token) {
  /** @type {Record<string, string>} */
  const now = {};
  for (const [stored, [name, opacity]] of Object.entries(colours)) {
    now[stored] = faded(token(name), opacity) ?? stored;
  }
  /** @type {(value: any) => any} */
  const paint = (value) => {
    if (typeof value === "string") return now[value] ?? value;
    if (Array.isArray(value)) return value.map(paint);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, paint(item)]));
    }
    return value;
  };
  return { data: data.map(paint), layout: paint(layout) };
}

/**
 * A `#rrggbb` colour with an opacity, or null for any other text.
 *
 * @param {string} colour
 * @param {number} opacity
 */
function faded(colour, opacity) {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!channels || opacity >= 1) return channels && colour;
  return `rgba(${channels.slice(1).map((each) => parseInt(each, 16)).join(",")},${opacity})`;
}

/**
 * Make a drawing fit a narrow column, in place: smaller type, a legend on top in place of labels beside the lines, long
 * category names on several lines.
 *
 * @param {Plain[]} data
 * @param {Plain} layout
 */
export function narrow(data, layout) {
  layout.font = { ...layout.font, size: Math.min(layout.font?.size ?? 14, 12) };
  const labels = (layout.annotations ?? []).filter((/** @type {Plain} */ each) => each.name === LINE_LABEL);
  if (labels.length) {
    layout.annotations = layout.annotations.filter((/** @type {Plain} */ each) => each.name !== LINE_LABEL);
    layout.showlegend = true;
    layout.height += labels.length * 12; // the legend's rows, so that the lines keep their room
    layout.margin = { ...layout.margin, r: 12 };
  }
  const names = data.filter((each) => each.type === "bar" && each.orientation === "h").flatMap((each) =>
    each.y
  );
  if (names.length && names.every((name) => typeof name === "string") && !layout.yaxis?.tickvals) {
    const ticks = { tickmode: "array", tickvals: names, ticktext: names.map((name) => wrapped(name, 18)) };
    layout.yaxis = { ...layout.yaxis, ...ticks };
    const lines = ticks.ticktext.join("<br>").split("<br>").length;
    layout.height = Math.max(layout.height, lines * 15 + names.length * 6 + 60);
  }
}

/**
 * Text broken into lines, as plotly writes it.
 *
 * @param {string} text
 * @param {number} width in characters
 */
export function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (line && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join("<br>");
}

/**
 * On paper: every table open, every drawing in light colours and no wider than the sheet.
 *
 * @param {HTMLElement[]} figures
 * @param {Map<Element, Chart>} drawn
 */
function onPaper(figures, drawn) {
  /** @type {Element[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = figures.flatMap((figure) => [...figure.querySelectorAll("details.course-numbers:not([open])")]);
    opened.forEach((each) => each.setAttribute("open", ""));
    drawn.forEach((chart) => draw(chart, { paper: true }));
  });
  addEventListener("afterprint", () => {
    opened.splice(0).forEach((each) => each.removeAttribute("open"));
    drawn.forEach((chart) => draw(chart));
  });
}
