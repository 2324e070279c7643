// Opens Kakao's share sheet on a tap, and copies the link. Without the SDK, only the copy is left.
(() => {
  'use strict';
  const get = (id) => document.getElementById(id);
  const button = get('kakao');
  const fail = () => {
    button.hidden = true;
    get('blocked').hidden = false;
  };
  if (button) {
    try {
      if (!window.Kakao) throw new Error('no SDK');
      if (!Kakao.isInitialized()) Kakao.init(button.dataset.key);
      const settings = JSON.parse(get('settings').textContent);
      button.addEventListener('click', () => {
        try {
          Kakao.Share.sendDefault(settings);
        } catch {
          fail();
        }
      });
    } catch {
      fail();
    }
  }
  const copy = get('copy');
  copy.addEventListener('click', async () => {
    const field = get('address');
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      get('status').textContent = copy.dataset.copied;
    } catch {
      get('status').textContent = copy.dataset.failed;
    }
  });
})();
