import sharp from 'sharp';

/** Draws a board of its own for each seed: a green field with parts, pads and lettering on a grey table. */
export async function drawBoard(path: string, seed: number, turn = 0): Promise<void> {
  let state = seed * 7919 + 1;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const shapes: string[] = [];
  for (let k = 0; k < 160; k++) {
    const [x, y] = [150 + 880 * random(), 130 + 560 * random()];
    const [w, h] = [8 + 60 * random(), 6 + 40 * random()];
    const grey = Math.floor(255 * random());
    shapes.push(`<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="rgb(${grey},${grey},${grey})"/>`);
    const text = Math.floor(36 ** 3 * random()).toString(36);
    shapes.push(`<text x="${x}" y="${y}" font-size="${9 + 8 * random()}" fill="#eee">${text}</text>`);
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="#999"/>
<rect x="120" y="100" width="960" height="700" fill="#174b2a"/>${shapes.join('')}</svg>`;
  await sharp(Buffer.from(svg)).rotate(turn, { background: '#999' }).jpeg({ quality: 92 }).toFile(path);
}
