// Opens Kakao's share sheet on a tap, and copies the link. The SDK is loaded before the tap, because
// browsers block a pop-up that opens after a wait. Without the SDK only the link to copy remains.
(() => {
  'use strict';
  const get = (id) => document.getElementById(id);
  const button = get('kakao');
  const say = (text) => { get('status').textContent = text; };

  const fail = () => {
    button.hidden = true;
    get('blocked').hidden = false;
    say('');
  };

  const ready = () => {
    try {
      if (!Kakao.isInitialized()) Kakao.init(button.dataset.key);
      button.disabled = false;
      say('');
    } catch {
      fail();
    }
  };

  const load = () => {
    const sdk = document.createElement('script');
    sdk.src = button.dataset.sdk;
    sdk.integrity = button.dataset.integrity;
    sdk.crossOrigin = 'anonymous';
    sdk.onload = ready;
    sdk.onerror = fail;
    button.disabled = true;
    setTimeout(() => { if (button.disabled && !button.hidden) say(button.dataset.loading); }, 300);
    document.head.append(sdk);
  };

  if (button) {
    const settings = JSON.parse(get('settings').textContent);
    button.addEventListener('click', () => {
      try {
        Kakao.Share.sendDefault(settings);
        say(button.dataset.sent);
      } catch {
        fail();
      }
    });
    load();
  }

  const copy = get('copy');
  copy.addEventListener('click', async () => {
    const field = get('address');
    try {
      await navigator.clipboard.writeText(field.value);
      say(copy.dataset.copied);
    } catch {
      field.focus();
      field.select();
      say(document.execCommand('copy') ? copy.dataset.copied : copy.dataset.failed);
    }
  });
})();
