/**
 * The kinds that run a model and draw what follows, one line each. Their script comes when one of them nears the window,
 * as plotly's does: a page without them, and a reader who stops before, need not fetch it.
 */

import { provide } from "../web/late.js";
import { teach } from "../web/teach.js";
import { AllocateElement } from "./allocate/element.js";
import { ExploreElement } from "./explore/element.js";

export const models = [AllocateElement, ExploreElement];

teach(models);
provide("models", models);
