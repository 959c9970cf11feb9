/**
 * What a page of the learner's own runs, after the script of every page and that of the models: it knows the records of
 * all kinds.
 */

import { open } from "./frame.js";
import { portfolio } from "./portfolio.js";
import { progress } from "./progress.js";
import { review } from "./review.js";

/** @type {Record<string, (desk: import("./frame.js").Desk) => void>} */
const pages = { progress, portfolio, review };

for (const section of document.querySelectorAll("section.desk")) {
  const page = pages[section.getAttribute("data-desk") ?? ""];
  if (page) open(section, page);
}
