// Tells the page around the frame how high the story is, and which link was tapped, in the form of the embeds of
// WordPress (wp-embed.js): {message, value, secret}. The secret is that of the frame's address, #?secret=S.
(() => {
  'use strict';
  const [, secret] = /[?&]secret=([A-Za-z0-9]+)/.exec(location.hash) || [];
  if (!secret || parent === window) return;
  const post = (message, value) => parent.postMessage({ message, value, secret }, '*');

  let told = 0;
  const tell = () => {
    told = Math.ceil(document.body.getBoundingClientRect().height);
    post('height', told);
  };

  // The page around it may be ready later than the frame.
  addEventListener('message', (e) => {
    if (e.source === parent && e.data?.message === 'ready' && e.data.secret === secret) tell();
  });
  new ResizeObserver(() => { if (Math.ceil(document.body.getBoundingClientRect().height) !== told) tell(); }).observe(document.body);
  addEventListener('load', tell);
  tell();

  // In such a frame a link opens neither a window nor the page around it.
  document.querySelector('.story').addEventListener('click', (e) => {
    e.preventDefault();
    post('link', e.currentTarget.href);
  });
})();
