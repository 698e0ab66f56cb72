/** How numbers become colours: below 0 blue, above red, from the page's paper on, in its theme. */
const SHADES = 255;

/** What was made of each theme, by the colour of its text. */
const made = new Map();

/** The colours of the page's theme, as a canvas takes them. */
export function palette() {
  const theme = getComputedStyle(document.body).color;
  if (!made.has(theme)) made.set(theme, makePalette());
  return made.get(theme);
}

function makePalette() {
  const rgb = (token) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(--${token})`;
    const found = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
    probe.remove();
    return found;
  };
  const zero = rgb("raised");
  const mix = (full, share) => pixel(zero.map((from, i) => Math.round(from + share * (full[i] - from))));
  const below = rgb("below");
  const above = rgb("above");
  const signed = Uint32Array.from({ length: 2 * SHADES + 1 }, (_, i) =>
    i < SHADES ? mix(below, (SHADES - i) / SHADES) : mix(above, (i - SHADES) / SHADES),
  );
  const [ink, mark, soft, line] = ["ink", "wrong", "soft", "line"].map((token) => css(rgb(token)));
  return { signed, ink, mark, soft, line, above: css(above), below: css(below) };
}

/** Grey from black to white. */
export const greys = Uint32Array.from({ length: 256 }, (_, i) => pixel([i, i, i]));

function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function css([red, green, blue]) {
  return `rgb(${red} ${green} ${blue})`;
}

/** Paints numbers of −largest..largest as pixels of either sign. */
export function paintSigned(values, largest, signed, pixels) {
  const scale = largest > 0 ? SHADES / largest : 0;
  for (let i = 0; i < values.length; i++) {
    const shade = Math.round(values[i] * scale);
    pixels[i] = signed[SHADES + Math.max(-SHADES, Math.min(SHADES, shade || 0))];
  }
}

/** The largest distance from 0. */
export function largestOf(values) {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}
