/** How far somebody is, counted. Pure: the catalogue and what is kept in, counts and rows out. */

/** @typedef {import("./frame.js").Listed} Listed */
/** @typedef {import("./frame.js").Chapter} Chapter */
/** @typedef {{status: "begun" | "done", saved: string, record: any}} Standing what is kept of one exercise */
/** @typedef {{exercise: Listed, state: "done" | "begun" | "new", saved: string, instead: string | null}} Row */
/** @typedef {{chapter: Chapter, core: Row[], further: Row[], done: number, left: number}} Account */

/**
 * One exercise's row. Where it is not done and another counts in its place, that one is looked at too.
 *
 * @param {Listed} exercise
 * @param {Listed[]} all
 * @param {Map<string, Standing>} standings by exercise id
 * @returns {Row}
 */
function row(exercise, all, standings) {
  const mine = standings.get(exercise.id);
  const other = all.find(({ id }) => id === exercise.alternative);
  if (mine?.status !== "done" && other && standings.get(other.id)?.status === "done") {
    return { exercise, state: "done", saved: "", instead: other.title };
  }
  return { exercise, state: mine?.status ?? "new", saved: mine?.saved ?? "", instead: null };
}

/**
 * What is done in a chapter, and about how long the rest of its core takes: its core minutes without those of what is done.
 *
 * @param {Chapter} chapter
 * @param {Listed[]} all
 * @param {Map<string, Standing>} standings
 * @returns {Account}
 */
export function account(chapter, all, standings) {
  const rows = all.filter((each) => each.chapter === chapter.id).map((each) => row(each, all, standings));
  const core = rows.filter(({ exercise }) => exercise.core);
  const done = core.filter(({ state }) => state === "done");
  const spent = done.reduce((sum, { exercise }) => sum + exercise.minutes, 0);
  const left = done.length === core.length ? 0 : Math.max(0, (chapter.minutes.core ?? 0) - spent);
  return {
    chapter,
    core,
    further: rows.filter(({ exercise }) => !exercise.core),
    done: done.length,
    left,
  };
}

/** The exercise begun and not finished that was saved last. @param {Listed[]} all @param {Map<string, Standing>} standings */
export function lastBegun(all, standings) {
  /** @type {Listed | null} */
  let last = null;
  for (const each of all) {
    const mine = standings.get(each.id);
    if (mine?.status !== "begun") continue;
    if (!last || mine.saved > (standings.get(last.id)?.saved ?? "")) last = each;
  }
  return last;
}

/** The first core exercise still to do, chapter by chapter. @param {Chapter[]} chapters @param {Listed[]} all @param {Map<string, Standing>} standings */
export function nextCore(chapters, all, standings) {
  for (const chapter of chapters) {
    const open = account(chapter, all, standings).core.find(({ state }) => state !== "done");
    if (open) return open.exercise;
  }
  return null;
}
