// A loss curve as SVG text: losses on a logarithmic axis over the steps that they were seen at.

const WIDTH = 720;
const HEIGHT = 440;
const LEFT = 70;
const RIGHT = WIDTH - 20;
const TOP = 50;
const BOTTOM = HEIGHT - 50;

export function lossCurve(title, losses) {
  // A logarithm has no place for 0 and less, or for what is not finite.
  const drawn = losses.map((loss, i) => [i + 1, loss]).filter(([, loss]) => loss > 0 && Number.isFinite(loss));
  const powers = drawn.map(([, loss]) => Math.log10(loss));
  const low = Math.floor(powers.reduce((a, b) => Math.min(a, b), 0));
  const high = Math.max(low + 1, Math.ceil(powers.reduce((a, b) => Math.max(a, b), low)));
  const x = (step) => LEFT + ((RIGHT - LEFT) * step) / losses.length;
  const y = (power) => BOTTOM - ((BOTTOM - TOP) * (power - low)) / (high - low);

  const ticks = [];
  for (let power = low; power <= high; power++) {
    ticks.push(`<line x1="${LEFT}" x2="${RIGHT}" y1="${y(power)}" y2="${y(power)}" stroke="#ddd"/>`);
    ticks.push(text(LEFT - 8, y(power) + 4, 'end', `1e${power}`));
  }
  const points = drawn.map(([step], i) => `${x(step).toFixed(1)},${y(powers[i]).toFixed(1)}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
    text(LEFT, 28, 'start', title),
    ...ticks,
    text(LEFT, BOTTOM + 18, 'middle', 0),
    text(RIGHT, BOTTOM + 18, 'middle', losses.length),
    text((LEFT + RIGHT) / 2, HEIGHT - 12, 'middle', 'epoch'),
    `<polyline points="${points.join(' ')}" fill="none" stroke="#1f77b4" stroke-width="2"/>`,
    '</svg>\n',
  ].join('\n');
}

function text(x, y, anchor, content) {
  const escaped = String(content).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped}</text>`;
}
