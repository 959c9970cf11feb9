/**
 * A small line chart, drawn as SVG without a library, whose lines can be drawn anew within one frame.
 *
 * Lines differ in dashes as well as in colour, and each carries its name at its end; in a narrow column the names stand
 * under the chart. The drawing is as wide as its column in the column's own pixels, so that its words never shrink.
 */

import { wrapped } from "./chart.js";
import { fill, h } from "./dom.js";

/**
 * @typedef {object} Line
 * @property {string} label "" for none; those without stand last
 * @property {(number|null)[]} values one for each x; a gap stays a gap
 * @property {boolean} [points] mark each value
 * @property {number} [hue] 1 to 6, one of the series' colours; by its place when left out
 * @property {number} [dash] 0 (none) to 3; by its place when left out
 * @property {boolean} [thin] one to compare with
 */
/**
 * @typedef {object} Plot
 * @property {string} id the chart's title gets the id `<id>-title`
 * @property {string} title
 * @property {string} [subtitle]
 * @property {{label: string, values: number[], step?: number}} x `step`: from tick to tick
 * @property {{label: string, min: number, max: number}} y
 * @property {Line[]} lines
 */
/** @typedef {{node: HTMLElement, update: (lines: Line[]) => void}} Drawn */

const DASHES = ["", "7 4", "2 4", "11 4 2 4"];
/** Below this width, in the chart's own letters (em), names beside the lines would leave the lines no room. */
const NARROW = 34;

/** @param {number} value */
const rounded = (value) => Math.round(value * 10) / 10;
/** @type {Intl.NumberFormat[]} */
const formats = [];
/**
 * A number as it is written: with `digits` decimals, or with as many as it has.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function figure(value, digits) {
  const format = formats[digits ?? 9] ??= new Intl.NumberFormat("en-GB", {
    minimumFractionDigits: digits ?? 0,
    maximumFractionDigits: digits ?? 6,
    signDisplay: "negative",
  });
  return format.format(value).replace("-", "−");
}

/**
 * @param {string} tag
 * @param {Record<string, string | number | null>} attrs
 * @param {...(Element | string)} children
 */
function s(tag, attrs, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attrs)) value === null || node.setAttribute(name, `${value}`);
  node.append(...children);
  return node;
}

/**
 * Round values that lie within a range, about `wanted` of them.
 *
 * @param {number} min
 * @param {number} max
 * @param {number} wanted
 * @param {number} [step]
 */
export function ticks(min, max, wanted, step = 0) {
  if (!step) {
    const raw = (max - min) / wanted || 1;
    const power = 10 ** Math.floor(Math.log10(raw));
    step = power * ([1, 2, 5].find((each) => each * power >= raw * 0.99) ?? 10);
  }
  const from = Math.ceil(min / step - 1e-9);
  return Array.from(
    { length: Math.floor(max / step + 1e-9) - from + 1 },
    (_, i) => +((from + i) * step).toPrecision(12),
  );
}

/**
 * Places moved apart so that none is nearer to the next than both need, all between two bounds, each as near as it can
 * be to where it would stand.
 *
 * @param {{at: number, size: number}[]} wanted the middle and the height of each
 * @param {number} top
 * @param {number} bottom
 * @returns {number[]} the middles, in the order given
 */
export function apart(wanted, top, bottom) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a].at - wanted[b].at);
  /** @type {number[]} */
  const places = [];
  let edge = top;
  for (const i of order) {
    places[i] = Math.max(wanted[i].at, edge + wanted[i].size / 2);
    edge = places[i] + wanted[i].size / 2;
  }
  edge = bottom;
  for (const i of order.reverse()) {
    places[i] = Math.min(places[i], edge - wanted[i].size / 2);
    edge = places[i] - wanted[i].size / 2;
  }
  return places;
}

/** @param {Line} line @param {number} i */
const look = ({ hue, dash = -1, thin }, i) => ({
  stroke: `var(--cw-series-${hue ?? i % 6 + 1})`,
  "stroke-width": thin ? 1.2 : 2.5,
  "stroke-dasharray": DASHES[dash < 0 ? i % 4 : dash] || null,
});

/**
 * @param {Plot} spec
 * @returns {Drawn}
 */
export function plot(spec) {
  const { id, title, subtitle, x, y } = spec;
  let { lines } = spec;
  let width = 0;
  const svg = s("svg", { role: "img", "aria-labelledby": `${id}-title` });
  const legend = h("p", { class: "plot-legend" });
  const node = h(
    "div",
    { class: "plot" },
    h("p", { id: `${id}-title` }, h("strong", null, title), subtitle && ` ${subtitle}`),
    svg,
    legend,
  );
  /** @type {(lines: Line[]) => void} */
  let draw = () => {};

  const frame = () => {
    const em = parseFloat(getComputedStyle(svg).fontSize) || 15;
    const wide = width >= NARROW * em;
    const height = (wide ? 21 : 17) * em;
    const marks = ticks(y.min, y.max, 5);
    const left = (Math.max(...marks.map((each) => figure(each).length)) * 0.6 + 0.6) * em;
    const right = width - (wide ? 10.5 : 0.8) * em, top = 2.2 * em, bottom = height - 2.8 * em;
    const [first, last] = [x.values[0], x.values[x.values.length - 1]];
    const across = (/** @type {number} */ value) =>
      rounded(left + (right - left) * (value - first) / (last - first || 1));
    const up = (/** @type {number} */ value) =>
      rounded(bottom - (bottom - top) * (value - y.min) / (y.max - y.min || 1));
    const text = (
      /** @type {number} */ atX,
      /** @type {number} */ atY,
      /** @type {string} */ words,
      /** @type {string} */ anchor,
    ) => s("text", { x: atX, y: atY, "text-anchor": anchor }, words);
    const line = (/** @type {string} */ d, /** @type {string} */ colour) =>
      s("path", { d, stroke: `var(--cw-${colour})` });
    const own = s("g", {});
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(
      text(0, em, y.label, "start"),
      ...marks.flatMap((each) => [
        line(`M${left} ${up(each)}H${right}`, each === y.min ? "rule" : "hairline"),
        text(left - em / 2, up(each) + em / 3, figure(each), "end"),
      ]),
      ...ticks(first, last, wide ? 8 : 5, x.step).map((each) =>
        text(across(each), bottom + 1.3 * em, figure(each), "middle")
      ),
      text(right, bottom + 2.5 * em, x.label, "end"),
      own,
    );

    draw = (lines) => {
      const named = lines.filter(({ label }) => label).map(({ label, values }) => {
        const last = values.findLastIndex((value) => value !== null);
        const words = wrapped(label, 17).split("<br>");
        const at = last < 0 ? bottom : up(/** @type {number} */ (values[last]));
        return {
          at,
          from: across(x.values[Math.max(last, 0)]),
          words,
          size: (words.length * 1.2 + 0.3) * em,
        };
      });
      const places = apart(named, 0, height);
      own.replaceChildren(...lines.flatMap((each, i) => {
        let pen = "M", path = "", dots = "";
        each.values.forEach((value, at) => {
          if (value !== null) {
            const point = `${across(x.values[at])} ${up(value)}`;
            path += `${pen}${point}`;
            dots += `M${point}h0`;
          }
          pen = value === null ? "M" : "L";
        });
        const style = look(each, i);
        const parts = [s("path", { d: path, ...style })];
        if (each.points) {
          parts.push(
            s("path", { d: dots, stroke: style.stroke, "stroke-width": 8, "stroke-linecap": "round" }),
          );
        }
        if (wide && each.label) {
          const { at, from, words } = named[i];
          const edge = right + em;
          parts.push(
            s("path", {
              d: `M${from + 4} ${at}L${rounded(edge)} ${rounded(places[i])}h${em / 2}`,
              stroke: style.stroke,
            }),
            ...words.map((each, row) =>
              text(
                edge + em * 0.8,
                places[i] + em * (0.35 + 1.2 * (row - (words.length - 1) / 2)),
                each,
                "start",
              )
            ),
          );
        }
        return parts;
      }));
    };
    fill(
      legend,
      !wide && lines.map((line, i) => {
        if (!line.label) return null;
        const sample = s("svg", { viewBox: "0 0 32 8", width: 32, height: 8, "aria-hidden": "true" });
        sample.append(s("path", { d: "M1 4H31", ...look(line, i) }));
        return h("span", null, sample, ` ${line.label}`);
      }),
    );
    draw(lines);
  };

  new ResizeObserver(() => {
    const now = Math.round(node.clientWidth);
    if (!now || now === width) return; // folded away: it is drawn when it has a width
    width = now;
    frame();
  }).observe(node);

  return {
    node,
    update(now) {
      const same = now.length === lines.length && now.every(({ label }, i) => label === lines[i].label);
      lines = now;
      if (!width) return;
      same ? draw(now) : frame();
    },
  };
}

/**
 * The numbers of a chart as a table, folded.
 *
 * @param {Plot} spec
 * @param {{every?: number, digits?: number, summary?: string}} [options] `every`: show each n-th x only
 * @returns {Drawn}
 */
export function plotTable(spec, { every = 1, digits = 1, summary = "The numbers as a table" } = {}) {
  const { x, title } = spec;
  let { lines } = spec;
  const table = h("table", null);
  // It can be reached by Tab, so that whoever has no pointer can scroll it.
  const scroll = h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": title }, table);
  const node = h("details", null, h("summary", null, summary), scroll);
  const show = () =>
    fill(
      table,
      h("caption", null, title),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          [x.label, ...lines.map(({ label }) => label)].map((each) => h("th", { scope: "col" }, each)),
        ),
      ),
      h(
        "tbody",
        null,
        x.values.map((at, i) =>
          i % every === 0 &&
          h(
            "tr",
            null,
            h("th", { scope: "row" }, figure(at)),
            lines.map(({ values }) => {
              const value = values[i];
              return h("td", null, value === null ? "–" : figure(value, digits));
            }),
          )
        ),
      ),
    );
  show();
  return {
    node,
    update(now) {
      lines = now;
      show();
    },
  };
}
