// libvips, through sharp. It decodes large photos at a fraction of their size and sets text with Pango.
// The scrim is computed once. The operation cache is off, because each photo is different.
import sharp from 'sharp';
import * as look from './look.mjs';

export async function open(fonts, inflight) {
  sharp.cache(false);
  if (inflight > 1) sharp.concurrency(1);
  const file = (weight) => fonts.find((f) => f.weight === weight).file;
  const scrim = { input: scrimPixels(), raw: { width: look.width, height: look.height, channels: 4 }, left: 0, top: 0 };

  async function set(words, weight, px, color) {
    const face = weight === 800 ? 'Pretendard ExtraBold' : 'Pretendard Medium';
    const text = `<span foreground="${color}">${words.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</span>`;
    const { data, info } = await sharp({ text: { text, font: `${face} ${px}`, fontfile: file(weight), width: look.measure, dpi: 72, rgba: true } })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { input: data, raw: { width: info.width, height: info.height, channels: info.channels }, left: look.margin, height: info.height };
  }
  const paragraphs = (card, headlinePx, captionPx, color) => Promise.all([set(card.headline, 800, headlinePx, color), set(card.caption, 500, captionPx, color)]);
  const placed = ([headline, caption], top) => [
    { ...headline, top },
    { ...caption, top: top + headline.height + look.gap },
  ];
  const tall = (block) => block[0].height + look.gap + block[1].height;

  return {
    async photo(card, jpeg) {
      const block = await paragraphs(card, look.headlinePx, look.captionPx, look.ink);
      return sharp(jpeg)
        .resize(look.width, look.height, { fit: 'cover' })
        .composite([scrim, ...placed(block, look.height - look.bottom - tall(block))])
        .jpeg({ quality: look.quality })
        .toBuffer();
    },
    async text(card) {
      const block = await paragraphs(card, look.text.headlinePx, look.text.captionPx, look.text.ink);
      return sharp({ create: { width: look.width, height: look.height, channels: 3, background: look.text.paper } })
        .composite(placed(block, Math.round((look.height - tall(block)) / 2)))
        .png()
        .toBuffer();
    },
  };
}

function scrimPixels() {
  const pixels = Buffer.alloc(look.width * look.height * 4);
  for (let y = 0; y < look.height; y++) {
    const at = Math.max(0, (y / look.height - look.scrim.from) / (1 - look.scrim.from));
    for (let x = 0; x < look.width; x++) pixels[(y * look.width + x) * 4 + 3] = Math.round(255 * look.scrim.alpha * at);
  }
  return pixels;
}
