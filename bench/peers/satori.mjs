// satori makes an SVG with text as paths, and resvg renders it without the system's fonts.
import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';
import { element, height, jpegURL, width } from './look.mjs';

export async function open(fonts) {
  const options = { width, height, fonts: fonts.map((f) => ({ name: 'Body', data: f.data, weight: f.weight, style: 'normal' })) };
  const draw = async (card, photo) =>
    new Resvg(await satori(element(card, photo), options), { font: { loadSystemFonts: false } }).render().asPng();
  return { photo: (card, jpeg) => draw(card, jpegURL(jpeg)), text: (card) => draw(card) };
}
