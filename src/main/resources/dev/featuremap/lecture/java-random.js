const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/**
 * Numbers from 0 to below 1, those of Java's Random.nextDouble for the same seed.
 *
 * @param {number} seed a whole number
 * @returns {function(): number} gives the next
 */
export function makeRandom(seed) {
  let state = (BigInt(seed) ^ MULTIPLIER) & MASK;
  const next = (bits) => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return Number(state >> BigInt(48 - bits));
  };
  return () => (next(26) * 2 ** 27 + next(27)) / 2 ** 53;
}
