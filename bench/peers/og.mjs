// @vercel/og, used as in a Node route handler.
import { ImageResponse } from '@vercel/og';
import { element, height, jpegURL, width } from './look.mjs';

export async function open(fonts) {
  const options = { width, height, fonts: fonts.map((f) => ({ name: 'Body', data: f.data, weight: f.weight, style: 'normal' })) };
  const draw = async (card, photo) => Buffer.from(await new ImageResponse(element(card, photo), options).arrayBuffer());
  return { photo: (card, jpeg) => draw(card, jpegURL(jpeg)), text: (card) => draw(card) };
}
