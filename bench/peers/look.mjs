// The design of the card that every peer draws: a photo with a scrim, headline and caption, or text on
// a plain background. Lengths are in pixels.
export const width = 1200;
export const height = 630;
export const margin = 64;
export const measure = width - 2 * margin;
export const quality = 85; // of a photo card's JPEG
export const headlinePx = 56;
export const captionPx = 26;
export const lineHeight = 1.25;
export const gap = 16; // between headline and caption
export const bottom = 48; // under the caption
export const ink = '#ffffff';
export const scrim = { from: 0.3, alpha: 0.8 }; // black; opacity rises from 0 at this fraction of the height to alpha at the bottom
export const text = { paper: '#f7f4ee', ink: '#16181d', headlinePx: 72, captionPx: 30 };

export const css = {
  scrim: `linear-gradient(to bottom, rgba(0,0,0,0) ${scrim.from * 100}%, rgba(0,0,0,${scrim.alpha}) 100%)`,
};

// element returns a card as the tree of elements that satori and @vercel/og need.
export function element(card, photo) {
  const look = photo ? { ink, headlinePx, captionPx } : text;
  const line = (children, fontSize, fontWeight) => div({ fontSize, fontWeight, lineHeight, color: look.ink, width: measure, wordBreak: 'keep-all' }, children);
  const words = div(
    { display: 'flex', flexDirection: 'column', justifyContent: photo ? 'flex-end' : 'center', gap, position: 'absolute', left: 0, top: 0, width, height, padding: `${bottom}px ${margin}px`, ...(photo && { backgroundImage: css.scrim }) },
    [line(card.headline, look.headlinePx, 800), line(card.caption, look.captionPx, 500)],
  );
  const picture = photo && { type: 'img', props: { src: photo, width, height, style: { objectFit: 'cover', width, height } } };
  return div({ display: 'flex', width, height, fontFamily: 'Body', ...(!photo && { backgroundColor: text.paper }) }, picture ? [picture, words] : [words]);
}

const div = (style, children) => ({ type: 'div', props: { style, children } });

export const jpegURL = (bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`;
