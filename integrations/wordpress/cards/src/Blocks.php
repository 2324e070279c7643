<?php

namespace CardsPlugin;

/** The blocks of the bar and of the list. */
final class Blocks
{
    public static function hook(): void
    {
        add_action('init', [self::class, 'register']);
    }

    public static function register(): void
    {
        wp_register_script(
            'cards-blocks',
            Plugin::asset('blocks.js'),
            ['wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element'],
            Plugin::VERSION,
            true
        );
        wp_add_inline_script('cards-blocks', 'window.cardsBlockWords = ' . wp_json_encode(self::words()) . ';', 'before');
        register_block_type('cards/share-bar', [
            'api_version' => 2,
            'editor_script' => 'cards-blocks',
            'attributes' => ['targets' => ['type' => 'string', 'default' => '']],
            'render_callback' => static function (array $attributes): string {
                return self::block(Kit::bar((int) get_the_ID(), $attributes));
            },
        ]);
        register_block_type('cards/top-stories', [
            'api_version' => 2,
            'editor_script' => 'cards-blocks',
            'attributes' => [
                'limit' => ['type' => 'string', 'default' => '10'],
                'window' => ['type' => 'string', 'default' => '24h'],
                'heading' => ['type' => 'string', 'default' => ''],
            ],
            'render_callback' => static function (array $attributes): string {
                return self::block(Kit::top($attributes));
            },
        ]);
    }

    private static function block(string $html): string
    {
        return $html === '' ? '' : '<div ' . get_block_wrapper_attributes() . '>' . $html . '</div>';
    }

    private static function words(): array
    {
        return [
            'bar' => __('Share bar', 'cards'),
            'barAbout' => __('The buttons with which readers share this post.', 'cards'),
            'top' => __('Most read', 'cards'),
            'topAbout' => __('The most read stories, counted by the cards service.', 'cards'),
            'targets' => __('Networks, separated by commas', 'cards'),
            'limit' => __('How many', 'cards'),
            'window' => __('Of the last (1h, 24h, 7d)', 'cards'),
            'heading' => __('Heading', 'cards'),
        ];
    }
}
