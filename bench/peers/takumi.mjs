// takumi, through its Node binding. The cache of decoded photos is off, because each photo is different.
import { Renderer } from '@takumi-rs/core';
import * as look from './look.mjs';

export async function open(fonts) {
  const renderer = new Renderer();
  for (const f of fonts) await renderer.registerFont({ name: 'Body', data: f.data, weight: f.weight, style: 'normal' });
  const size = { width: look.width, height: look.height };
  const words = (card, colors, justifyContent, backgroundImage) =>
    box({ display: 'flex', flexDirection: 'column', justifyContent, gap: look.gap, position: 'absolute', inset: 0, padding: `${look.bottom}px ${look.margin}px`, backgroundImage }, [
      line(card.headline, colors.headlinePx, 800, colors.ink),
      line(card.caption, colors.captionPx, 500, colors.ink),
    ]);
  return {
    photo(card, jpeg) {
      const node = box({ display: 'flex', ...size }, [
        { type: 'image', src: card.key, ...size, style: { objectFit: 'cover', ...size } },
        words(card, look, 'flex-end', look.css.scrim),
      ]);
      return renderer.render(node, { ...size, format: 'jpeg', quality: look.quality, images: [{ src: card.key, data: jpeg, cache: 'none' }] });
    },
    text(card) {
      const node = box({ display: 'flex', ...size, backgroundColor: look.text.paper }, [words(card, look.text, 'center')]);
      return renderer.render(node, { ...size, format: 'png' });
    },
  };
}

const box = (style, children) => ({ type: 'container', style, children });
const line = (text, fontSize, fontWeight, color) => ({
  type: 'text',
  text,
  style: { fontSize, fontWeight, fontFamily: 'Body', color, lineHeight: look.lineHeight, width: look.measure, wordBreak: 'keep-all' },
});
