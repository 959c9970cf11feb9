// What a chart's script does to a drawing before plotly has it; what it does in a page is seen in the browser tests.

import assert from "node:assert/strict";
import { narrow, painted, wrapped } from "../../courseware/web/chart.js";

/** @returns {any} */
const drawing = () => ({
  data: [{
    type: "scatter",
    name: "#1f5fbf late",
    y: [1, null, 3],
    line: { color: "#1f5fbf" },
    fillcolor: "rgba(31,95,191,0.2)",
  }],
  layout: { height: 380, colorway: ["#1f5fbf"], font: { color: "#1b1f24", size: 14 }, annotations: [] },
  colours: { "#1f5fbf": ["series-1", 1], "rgba(31,95,191,0.2)": ["series-1", 0.2], "#1b1f24": ["ink", 1] },
});
const DARK = /** @type {Record<string, string>} */ ({ "series-1": "#a7c0f7", ink: "#e8e5de" });

Deno.test("a drawing takes the page's colours, opacity and all, and the stored one stays as it was", () => {
  const stored = drawing();
  const { data, layout } = painted(stored, (name) => DARK[name]);
  assert.equal(data[0].line.color, "#a7c0f7");
  assert.equal(data[0].fillcolor, "rgba(167,192,247,0.2)");
  assert.deepEqual(layout.colorway, ["#a7c0f7"]);
  assert.equal(layout.font.color, "#e8e5de");
  assert.equal(data[0].name, "#1f5fbf late");
  assert.deepEqual(data[0].y, [1, null, 3]);
  assert.deepEqual(stored, drawing());
});

Deno.test("a token that the page lacks, or writes in another way, leaves the stored colour", () => {
  assert.equal(painted(drawing(), () => "").data[0].line.color, "#1f5fbf");
  assert.equal(painted(drawing(), () => "oklch(50% 0.1 200)").data[0].line.color, "#1f5fbf");
});

Deno.test("in a narrow column the labels beside lines become a legend; an author's own notes stay", () => {
  const { data, layout } = drawing();
  layout.annotations = [{ name: "line-label", text: "late" }, { text: "method changed" }];
  layout.margin = { r: 140, l: 8 };
  narrow(data, layout);
  assert.deepEqual(layout.annotations, [{ text: "method changed" }]);
  assert.equal(layout.showlegend, true);
  assert.deepEqual(layout.margin, { r: 12, l: 8 });
  assert.equal(layout.font.size, 12);
});

Deno.test("in a narrow column long names of bars take lines and the chart grows to hold them", () => {
  const names = Array.from({ length: 13 }, (_, at) => `Environmental and regulatory ${at}`);
  const layout = { height: 380, yaxis: { showgrid: false } };
  narrow([{ type: "bar", orientation: "h", y: names, x: names.map(() => 1) }], layout);
  const axis = /** @type {any} */ (layout.yaxis);
  assert.deepEqual(axis.tickvals, names);
  assert.equal(axis.ticktext[0], "Environmental and<br>regulatory 0");
  assert.equal(axis.showgrid, false);
  assert.ok(layout.height > 500);
});

Deno.test("an author's own ticks stay", () => {
  const layout = { height: 380, yaxis: { tickvals: ["a"], ticktext: ["A"] } };
  narrow([{ type: "bar", orientation: "h", y: ["a"], x: [1] }], layout);
  assert.deepEqual(layout.yaxis, { tickvals: ["a"], ticktext: ["A"] });
  assert.equal(layout.height, 380);
});

Deno.test("words are never cut, however narrow", () => {
  assert.equal(wrapped("Children's social care", 10), "Children's<br>social<br>care");
  assert.equal(wrapped("Counterterrorism", 5), "Counterterrorism");
});
