/** What a page of the book runs: one classic script, so that it also works from a folder on disk. */

import { define } from "../kinds/registry.js";
import { watchFigures } from "./chart.js";
import { unfoldForPrint } from "./print.js";

define();
watchFigures();
unfoldForPrint();
