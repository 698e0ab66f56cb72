/**
 * What a reader has changed in a network.
 *
 * @typedef {object} Changes
 * @property {Object<string, number[]>} off of a layer's index the maps or units that count as 0
 * @property {Object<string, number>} weights of a place among the weights its new value
 */

/** @returns {Changes} */
export const noChanges = () => ({ off: {}, weights: {} });

/** Whether a network, whose weights are float32, can have this as a weight. */
export const isWeight = (value) => Number.isFinite(value) && Number.isFinite(Math.fround(value));

/** Whether there are any. */
export function hasChanges(changes) {
  return Object.values(changes.off).some((maps) => maps.length) || Object.keys(changes.weights).length > 0;
}

/** The network with its weights changed; what is off is told to the forward pass. */
export function changed(network, changes) {
  const places = Object.keys(changes.weights);
  if (!places.length) return network;
  const weights = network.weights.slice();
  for (const place of places) weights[place] = changes.weights[place];
  return { ...network, weights };
}

/** Switches a map off, or on again. */
export function switched(changes, layer, map) {
  const off = changes.off[layer] ?? [];
  const now = off.includes(map) ? off.filter((other) => other !== map) : [...off, map].sort((a, b) => a - b);
  return { ...changes, off: { ...changes.off, [layer]: now } };
}

/** Leaves only one map of a layer on; where it is the only one already, all. */
export function alone(changes, layer, map, maps) {
  const others = Array.from({ length: maps }, (_, i) => i).filter((i) => i !== map);
  const already = (changes.off[layer] ?? []).join() === others.join();
  return { ...changes, off: { ...changes.off, [layer]: already ? [] : others } };
}
