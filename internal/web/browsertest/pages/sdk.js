// Stands in for Kakao's SDK: it records what it is told.
window.calls = [];
window.Kakao = (() => {
  let key = '';
  return {
    isInitialized: () => key !== '',
    init: (k) => { key = k; window.calls.push(['init', k]); },
    Share: { sendDefault: (settings) => { window.calls.push(['sendDefault', settings]); if (settings.content.title.includes('refuse')) throw new Error('refused'); } },
  };
})();
