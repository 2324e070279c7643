// The studio's photo: a file that is chosen, dropped or pasted, its upload, and its removal.
import { busy, get, say, sentence } from './studio-base.js';
import { sendPhoto } from './studio-service.js';
import { showSignedOut } from './studio-stale.js';
import { change, on, query, value } from './studio-state.js';
import { showFault } from './studio-view.js';

const largest = 10 * 1024 * 1024; // bytes that the service takes

let turn = 0; // counts the chosen files, so that a response to an older one is ignored
let stop = () => {};

const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(bytes < largest * 1.1 ? 1 : 0) + ' MB';

// forgetFile leaves the control of the file empty, so that it names no photo that the form has not
// and the same file can be chosen again. A file still on its way is too late for the form.
export const forgetFile = () => {
  turn++;
  stop();
  stop = () => {};
  get('sending').hidden = true;
  get('file').value = '';
};

// send uploads a file and makes it the story's photo.
const send = (file) => {
  forgetFile();
  showFault('unsent', '');
  if (file.size > largest) {
    showFault('unsent', `A photo has at most 10 MB; this file has ${megabytes(file.size)}.`);
    return;
  }
  const mine = turn;
  const current = () => mine === turn;
  say(`Uploading ${file.name || 'the photo'}…`);
  get('sent').value = 0;
  get('sending').hidden = false;
  busy(async () => {
    const upload = sendPhoto(file, (part) => { if (current()) get('sent').value = part; });
    stop = upload.stop;
    const { ok, signedOut, found } = await upload.answer;
    if (!current()) return;
    forgetFile();
    say('');
    if (signedOut) showSignedOut(query);
    else if (!ok) showFault('unsent', sentence(found.error.message));
    else change({ photo: found.id, focal: '' });
  }, () => {
    if (!current()) return;
    forgetFile();
    say('');
    showFault('unsent', 'The photo could not be uploaded: the service does not respond.');
  });
};

const pictures = (list) => [...list || []].filter((f) => f.type.startsWith('image/'));

// address returns the address of a picture that was dragged from another page.
const address = (data) => {
  const found = data.getData('text/uri-list').split('\n').find((line) => /^https?:/.test(line));
  return found ? found.trim() : '';
};

const carries = (e) => [...e.dataTransfer.types].some((t) => t === 'Files' || t === 'text/uri-list');

// startDrop takes photos that are dropped on the page. Without it, the browser would leave the studio for the file.
const startDrop = () => {
  let over = 0;
  const show = () => { get('drop').hidden = over === 0; };
  document.addEventListener('dragenter', (e) => {
    if (!carries(e)) return;
    over++;
    show();
  });
  document.addEventListener('dragleave', (e) => {
    if (!carries(e)) return;
    over = Math.max(0, over - 1);
    show();
  });
  document.addEventListener('dragover', (e) => { if (carries(e)) e.preventDefault(); });
  document.addEventListener('drop', (e) => {
    over = 0;
    show();
    if (!carries(e) || e.target.closest('input[type=file], textarea, input[type=text]')) return;
    e.preventDefault();
    const [file] = pictures(e.dataTransfer.files);
    const url = address(e.dataTransfer);
    if (file) send(file);
    else if (e.dataTransfer.files.length) showFault('unsent', 'That file is no picture.');
    else if (url) {
      forgetFile();
      change({ photo: url, focal: '' });
    }
  });
};

export const startPhoto = () => {
  const file = get('file');
  get('photo').addEventListener('input', () => {
    forgetFile();
    showFault('unsent', '');
  });
  file.addEventListener('change', () => { if (file.files[0]) send(file.files[0]); });
  get('stop').addEventListener('click', () => {
    forgetFile();
    say('The upload was stopped.');
    file.focus();
  });
  get('remove').addEventListener('click', () => {
    forgetFile();
    showFault('unsent', '');
    change({ photo: '', focal: '', credit: '', alt: '' });
    say('The photo was removed.');
    file.focus();
  });
  document.addEventListener('paste', (e) => {
    const [picture] = pictures(e.clipboardData?.files);
    if (!picture || e.clipboardData.getData('text')) return;
    e.preventDefault();
    send(picture);
  });
  let known = value('photo');
  on('changed', () => { // undo may bring back a photo that no error is about
    if (value('photo') !== known) showFault('unsent', '');
    known = value('photo');
  });
  startDrop();
};
