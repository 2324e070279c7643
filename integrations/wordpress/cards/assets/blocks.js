/* The blocks of the share bar and of the most read stories. Their HTML is made when a page is shown. */
(function (blocks, editor, components, element, words) {
	'use strict';
	const el = element.createElement;

	function control(props, name, label) {
		return el(components.TextControl, {
			key: name,
			label: label,
			value: props.attributes[name] || '',
			onChange: (value) => props.setAttributes({ [name]: value }),
		});
	}

	function block(name, icon, title, about, controls) {
		blocks.registerBlockType(name, {
			apiVersion: 2,
			title: title,
			description: about,
			category: 'widgets',
			icon: icon,
			supports: { html: false, multiple: name !== 'cards/share-bar' },
			edit: (props) => el('div', editor.useBlockProps(),
				el(editor.InspectorControls, null, el(components.PanelBody, null,
					controls.map(([key, label]) => control(props, key, label)))),
				el(components.Placeholder, { icon: icon, label: title, instructions: about })),
			save: () => null,
		});
	}

	block('cards/share-bar', 'share', words.bar, words.barAbout, [['targets', words.targets]]);
	block('cards/top-stories', 'list-view', words.top, words.topAbout,
		[['limit', words.limit], ['window', words.window], ['heading', words.heading]]);
})(window.wp.blocks, window.wp.blockEditor, window.wp.components, window.wp.element, window.cardsBlockWords);
