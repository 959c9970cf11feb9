/** What a page of the book runs: one classic script, so that it also works from a folder on disk. */

import { kinds } from "../kinds/registry.js";
import { watchFigures } from "./chart.js";
import { whenNear } from "./late.js";
import { listenForRelease } from "./offline/listen.js";
import { markMenu } from "./marks.js";
import { unfoldForPrint } from "./print.js";
import { teach } from "./teach.js";

teach(kinds);
whenNear("models", document.querySelectorAll(".exercise:not(:defined)"));
whenNear("debrief", document.querySelectorAll("course-scenario"));
watchFigures();
unfoldForPrint();
listenForRelease();
markMenu();
