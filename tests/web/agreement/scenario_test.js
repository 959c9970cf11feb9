/**
 * Every move from every state that Python found, played again here, state for state. Python writes the file that
 * COURSEWARE_VECTORS names (tests/kinds/test_scenario.py); without it this test fails, for it would compare nothing.
 */

import { advance, options, start } from "../../../courseware/kinds/scenario/engine.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("the two engines agree on every state", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  const vectors = JSON.parse(Deno.readTextFileSync(named));
  let compared = 0;
  for (const { scenario, slots, starts, moves, draws } of vectors) {
    for (const [act, wanted] of Object.entries(starts)) {
      const state = start(scenario, { act: act || null });
      same(scenario.id, [state.node, values(state, slots)], wanted);
    }
    for (const [node, held, ways] of moves) {
      const state = stateOf(scenario, slots, node, held);
      if (scenario.nodes[node].type === "decision") {
        const open = options(scenario, state).filter((each) => each.open).map((each) => each.choice.id);
        same(`${scenario.id} ${node}`, open, ways.map((/** @type {any} */ way) => way[0]));
      }
      for (const [move, after, then] of ways) {
        const next = advance(scenario, state, move);
        same(`${scenario.id} ${node} ${move}`, [next.node, values(next, slots)], [after, then]);
        compared++;
      }
    }
    for (const [node, rng, outcome, after] of draws) {
      const next = advance(scenario, { ...start(scenario), node, rng }, null);
      same(`${scenario.id} ${node} draw`, [next.path.at(-1), next.rng], [outcome, after]);
    }
  }
  if (compared === 0) throw new Error("no move was compared");
  console.log(`${compared} moves compared`);
});

/** @param {any} state @param {string[]} slots */
function values(state, slots) {
  return slots.map((name) => state.indicators[name] ?? state.flags[name]);
}

/** @param {any} scenario @param {string[]} slots @param {string} node @param {any[]} held */
function stateOf(scenario, slots, node, held) {
  const state = { ...start(scenario), node, path: [] };
  const indicators = { ...state.indicators };
  const flags = { ...state.flags };
  slots.forEach((name, slot) => {
    if (Object.hasOwn(indicators, name)) indicators[name] = held[slot];
    else flags[name] = held[slot];
  });
  return { ...state, indicators, flags };
}

/** @param {string} where @param {unknown} found @param {unknown} wanted */
function same(where, found, wanted) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${where}: the page has ${one}, Python ${other}`);
}
