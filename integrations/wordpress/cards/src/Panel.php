<?php

namespace CardsPlugin;

/** The panel of the block editor. */
final class Panel
{
    public static function hook(): void
    {
        add_action('enqueue_block_editor_assets', [self::class, 'enqueue']);
    }

    public static function enqueue(): void
    {
        $screen = get_current_screen();
        if ($screen === null || !in_array($screen->post_type, (array) Settings::get('post_types'), true)) {
            return;
        }
        $needs = ['wp-api-fetch', 'wp-components', 'wp-core-data', 'wp-data', 'wp-edit-post', 'wp-element', 'wp-plugins', 'wp-url'];
        wp_enqueue_script('cards-panel', Plugin::asset('panel.js'), $needs, Plugin::VERSION, true);
        wp_enqueue_style('cards-panel', Plugin::asset('panel.css'), [], Plugin::VERSION);
        $told = [
            'complete' => Settings::isComplete(), 'meta' => Choices::META, 'words' => Labels::panel(),
            'badges' => self::options(Labels::badges()), 'kinds' => self::options(Labels::kinds()),
            'templates' => self::options(Labels::templates()),
        ];
        wp_add_inline_script('cards-panel', 'window.cardsPanel = ' . wp_json_encode($told, JSON_HEX_TAG) . ';', 'before');
    }

    private static function options(array $labels): array
    {
        $options = [];
        foreach ($labels as $value => $label) {
            $options[] = ['value' => $value, 'label' => $label];
        }
        return $options;
    }
}
