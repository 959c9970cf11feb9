/** How many groups a room makes: of four where it can be, of three to five always. Python's `layout.room` says the same. */

export const FEWEST = 3;
export const MOST = 120;

/**
 * @param {number} size people
 * @returns {number}
 */
export function groupsOf(size) {
  // Python rounds a half to the even number; so does this.
  const fours = size / 4;
  const near = Math.abs(fours % 1) === 0.5 ? 2 * Math.round(fours / 2) : Math.round(fours);
  const groups = Math.min(Math.max(1, near), Math.floor(size / 3));
  return Math.max(groups, Math.ceil(size / 5));
}

/** How many rooms of three a call makes. @param {number} size people */
export const breakoutsOf = (size) => Math.max(1, Math.floor(size / 3));
