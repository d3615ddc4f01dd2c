/** The canvas of a scene: sizes in pixels, `unit` a hundredth of its shorter side. */
export interface Canvas {
  width: number;
  height: number;
  unit: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Short enough that an SVG stays small, fine enough that no edge jumps. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function circle(centre: Point, radius: number, fill: string, opacity = 1): string {
  return `<circle cx="${n(centre.x)}" cy="${n(centre.y)}" r="${n(radius)}" fill="${fill}"${fade(opacity)}/>`;
}

export function rectangle(corner: Point, width: number, height: number, fill: string, opacity = 1): string {
  const place = `x="${n(corner.x)}" y="${n(corner.y)}" width="${n(width)}" height="${n(height)}"`;
  return `<rect ${place} fill="${fill}"${fade(opacity)}/>`;
}

export function path(data: string, fill: string, opacity = 1): string {
  return `<path d="${data}" fill="${fill}"${fade(opacity)}/>`;
}

export function stroke(data: string, colour: string, width: number, opacity = 1): string {
  return `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linecap="round"${fade(opacity)}/>`;
}

/** Colours from the top of what it fills to the bottom, at even steps or at the `offsets`. */
export function verticalGradient(id: string, colours: readonly string[], opacities: readonly number[] = []): string {
  const stops = colours.map((colour, index) => {
    const offset = index / (colours.length - 1);
    return `<stop offset="${offset.toFixed(2)}" stop-color="${colour}" stop-opacity="${opacities[index] ?? 1}"/>`;
  });
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient>`;
}

/** A light that fades from its middle. */
export function glowGradient(id: string, colour: string, strength: number): string {
  const stop = (offset: number, opacity: number) =>
    `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity.toFixed(2)}"/>`;
  return `<radialGradient id="${id}">${stop(0, strength)}${stop(0.35, strength * 0.45)}${stop(1, 0)}</radialGradient>`;
}

function fade(opacity: number): string {
  return opacity === 1 ? '' : ` opacity="${opacity.toFixed(2)}"`;
}
