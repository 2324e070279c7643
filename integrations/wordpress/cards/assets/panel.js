/* The panel of the block editor: the card as it will be, what is to mend, and the editor's choices. */
(function (wp, told) {
	'use strict';
	const { createElement: el, useEffect, useRef, useState } = wp.element;
	const { useSelect, useDispatch } = wp.data;
	const { Button, FocalPointPicker, SelectControl, TextControl, TextareaControl } = wp.components;
	const words = told.words;

	const WAIT = 400; // milliseconds after the last key
	const sizes = [
		{ value: 'og', label: words.link }, { value: 'twitter', label: 'X' }, { value: 'kakao', label: 'KakaoTalk' },
		{ value: 'square', label: words.square }, { value: 'story', label: words.story },
	];

	/** What the editor holds now, saved or not. */
	function usePost() {
		return useSelect((select) => {
			const editor = select('core/editor');
			const featured = editor.getEditedPostAttribute('featured_media') || 0;
			const media = featured ? select('core').getMedia(featured, { context: 'view' }) : null;
			return {
				id: editor.getCurrentPostId(),
				title: editor.getEditedPostAttribute('title') || '',
				meta: editor.getEditedPostAttribute('meta') || {},
				saving: editor.isSavingPost() && !editor.isAutosavingPost(),
				featured: featured,
				photo: media ? media.source_url : '',
			};
		}, []);
	}

	/** The path of a request for the post as it is in the editor. */
	function draftPath(post, choices, route, more) {
		return wp.url.addQueryArgs('/cards/v1/posts/' + post.id + '/' + route,
			{ title: post.title, featured: post.featured, choices: JSON.stringify(choices), ...more });
	}

	/** Calls ask after a pause in the changes of its keys, and gives up what was asked before. */
	function useAsked(ask, keys) {
		useEffect(() => {
			const gone = new AbortController();
			const timer = setTimeout(() => ask(gone.signal), WAIT);
			return () => {
				clearTimeout(timer);
				gone.abort();
			};
		}, keys);
	}

	/** The card: the picture's address in the browser, or why there is none. */
	function useCard(post, choices, size) {
		const [card, setCard] = useState({ url: '', problem: '', drawing: true });
		const shown = useRef('');
		useAsked((signal) => {
			setCard((last) => ({ ...last, drawing: true }));
			wp.apiFetch({ path: draftPath(post, choices, 'card', { size: size, width: 600 }), parse: false, signal: signal })
				.then((answer) => answer.blob())
				.then((bytes) => {
					URL.revokeObjectURL(shown.current);
					shown.current = URL.createObjectURL(bytes);
					setCard({ url: shown.current, problem: '', drawing: false });
				})
				.catch((answer) => problemOf(answer, (problem) => setCard({ url: '', problem: problem, drawing: false })));
		}, [post.id, post.title, post.featured, JSON.stringify(choices), size]);
		useEffect(() => () => URL.revokeObjectURL(shown.current), []);
		return card;
	}

	/** Tells why a request failed, unless it was given up. */
	function problemOf(answer, tell) {
		if (answer && answer.name === 'AbortError') {
			return;
		}
		if (answer && typeof answer.json === 'function') {
			answer.json().then((error) => tell(error.message || String(answer.status)), () => tell(String(answer.status)));
			return;
		}
		tell((answer && answer.message) || '');
	}

	/** What the service has to say of the post in the editor. */
	function useWarnings(post, choices) {
		const [warnings, setWarnings] = useState(null);
		useAsked((signal) => {
			wp.apiFetch({ path: draftPath(post, choices, 'check'), signal: signal })
				.then((answer) => setWarnings(answer.warnings))
				.catch((answer) => problemOf(answer, () => setWarnings(null))); // the card says the problem
		}, [post.id, post.title, post.featured, JSON.stringify(choices)]);
		return warnings;
	}

	/** How the registration stands: read again after each save, and until it is done. */
	function useRegistration(post) {
		const [state, setState] = useState(null);
		const [round, setRound] = useState(0);
		useEffect(() => {
			if (post.saving) {
				return undefined;
			}
			let timer = 0;
			let gone = false;
			wp.apiFetch({ path: '/cards/v1/posts/' + post.id }).then((answer) => {
				if (gone) {
					return;
				}
				setState(answer);
				if (answer.is === 'waiting' && answer.message === '') {
					timer = setTimeout(() => setRound((n) => n + 1), 2000);
				}
			}, () => {});
			return () => {
				gone = true;
				clearTimeout(timer);
			};
		}, [post.id, post.saving, round]);
		const again = () => wp.apiFetch({ path: '/cards/v1/posts/' + post.id + '/register', method: 'POST' }).then(setState, () => {});
		return [state, again];
	}

	function Card({ card }) {
		return el('div', { className: 'cards-panel-card' + (card.drawing ? ' is-drawing' : '') },
			el('img', { src: card.url || undefined, alt: words.card, hidden: !card.url }),
			el('p', { role: 'status', hidden: !!card.url && !card.problem }, card.problem || words.drawing));
	}

	function Warnings({ warnings }) {
		if (warnings === null) {
			return null;
		}
		if (warnings.length === 0) {
			return el('p', null, words.nothing);
		}
		return el('div', null, el('h3', null, words.mend),
			el('ul', null, warnings.map((text, i) => el('li', { key: i, dir: 'auto' }, text))));
	}

	function Focal({ photo, focal, onChange }) {
		if (!photo) {
			return null;
		}
		const point = focal.length === 2 ? { x: focal[0], y: focal[1] } : { x: 0.5, y: 0.5 };
		return el('div', null,
			el(FocalPointPicker, { label: words.focal, url: photo, value: point, onChange: (p) => onChange([p.x, p.y]) }),
			focal.length === 2 && el(Button, { variant: 'link', onClick: () => onChange([]) }, words.automatic));
	}

	function Panel() {
		const post = usePost();
		const { editPost } = useDispatch('core/editor');
		const [size, setSize] = useState('og');
		const choices = { headline: '', kicker: '', badge: '', template: '', kind: '', focal: [], ...post.meta[told.meta] };
		const choose = (change) => editPost({ meta: { [told.meta]: { ...choices, ...change } } });
		const card = useCard(post, choices, size);
		const warnings = useWarnings(post, choices);
		const [state, again] = useRegistration(post);
		const select = (name, options) => el(SelectControl,
			{ label: words[name], value: choices[name], options: options, onChange: (value) => choose({ [name]: value }) });
		return el('div', { className: 'cards-panel' },
			el(SelectControl, { label: words.sizes, value: size, options: sizes, onChange: setSize }),
			el(Card, { card: card }),
			el('p', { role: 'status' }, state ? state.label : ''),
			state && (state.is === 'refused' || (state.is === 'waiting' && state.message !== '')) &&
				el('p', null, el(Button, { variant: 'secondary', onClick: again }, words.again)),
			el(Warnings, { warnings: warnings }),
			el(Focal, { photo: post.photo, focal: choices.focal, onChange: (focal) => choose({ focal: focal }) }),
			el(TextareaControl, {
				label: words.headline, help: words.headlineAbout, value: choices.headline, rows: 2, dir: 'auto',
				onChange: (value) => choose({ headline: value }),
			}),
			el(TextControl, {
				label: words.kicker, help: words.kickerAbout, value: choices.kicker, dir: 'auto',
				onChange: (value) => choose({ kicker: value }),
			}),
			select('badge', told.badges), select('kind', told.kinds), select('template', told.templates));
	}

	wp.plugins.registerPlugin('cards', {
		icon: 'share',
		render: () => el(wp.editPost.PluginDocumentSettingPanel, { name: 'cards', title: words.title },
			told.complete ? el(Panel) : el('p', null, words.unset)),
	});
})(window.wp, window.cardsPanel);
