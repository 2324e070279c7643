// Skia, through @napi-rs/canvas. Draws on a canvas with the default image smoothing, which is the fastest.
import { createCanvas, GlobalFonts, loadImage } from '@napi-rs/canvas';
import * as look from './look.mjs';

export async function open(fonts) {
  for (const f of fonts) GlobalFonts.register(f.data, `Body ${f.weight}`);
  return {
    async photo(card, jpeg) {
      const [canvas, ctx] = blank();
      cover(ctx, await loadImage(jpeg));
      const shade = ctx.createLinearGradient(0, look.scrim.from * look.height, 0, look.height);
      shade.addColorStop(0, 'rgba(0,0,0,0)');
      shade.addColorStop(1, `rgba(0,0,0,${look.scrim.alpha})`);
      ctx.fillStyle = shade;
      ctx.fillRect(0, 0, look.width, look.height);
      const block = [...lines(ctx, card.headline, 800, look.headlinePx), ...lines(ctx, card.caption, 500, look.captionPx)];
      write(ctx, block, look.ink, look.height - look.bottom - tall(block));
      return canvas.encode('jpeg', look.quality);
    },
    async text(card) {
      const [canvas, ctx] = blank();
      ctx.fillStyle = look.text.paper;
      ctx.fillRect(0, 0, look.width, look.height);
      const block = [...lines(ctx, card.headline, 800, look.text.headlinePx), ...lines(ctx, card.caption, 500, look.text.captionPx)];
      write(ctx, block, look.text.ink, (look.height - tall(block)) / 2);
      return canvas.encode('png');
    },
  };
}

function blank() {
  const canvas = createCanvas(look.width, look.height);
  return [canvas, canvas.getContext('2d')];
}

function cover(ctx, image) {
  const k = Math.min(image.width / look.width, image.height / look.height);
  const w = look.width * k;
  const h = look.height * k;
  ctx.drawImage(image, (image.width - w) / 2, (image.height - h) / 2, w, h, 0, 0, look.width, look.height);
}

// lines breaks a paragraph at spaces and puts as many words on a line as fit.
function lines(ctx, paragraph, weight, px) {
  ctx.font = `${px}px "Body ${weight}"`;
  const rows = [];
  let row = '';
  for (const word of paragraph.split(' ')) {
    const longer = row ? `${row} ${word}` : word;
    if (row && ctx.measureText(longer).width > look.measure) {
      rows.push(row);
      row = word;
    } else row = longer;
  }
  return [...rows, row].map((words) => ({ words, font: ctx.font, px }));
}

const tall = (block) => block.reduce((sum, l) => sum + l.px * look.lineHeight, look.gap);

function write(ctx, block, ink, top) {
  ctx.fillStyle = ink;
  let y = top;
  block.forEach((l, i) => {
    if (i > 0 && l.px !== block[i - 1].px) y += look.gap;
    ctx.font = l.font;
    ctx.fillText(l.words, look.margin, y + l.px);
    y += l.px * look.lineHeight;
  });
}
