<?php

namespace CardsPlugin;

/** What an editor has chosen for the card of one post: kept in one meta field, which the block editor saves with the post. */
final class Choices
{
    public const META = '_cards_choices';

    public const BADGES = ['breaking', 'live', 'exclusive', 'opinion', 'update'];
    public const TEMPLATES = [
        'photo', 'split', 'text', 'quote', 'breaking', 'opinion', 'number', 'live', 'strip', 'audio', 'video', 'plain',
    ];
    public const KINDS = ['news', 'opinion', 'analysis', 'live', 'paid'];

    private const EMPTY = ['headline' => '', 'kicker' => '', 'badge' => '', 'template' => '', 'kind' => '', 'focal' => []];

    public static function hook(): void
    {
        add_action('init', [self::class, 'register'], 20);
    }

    public static function register(): void
    {
        $text = ['type' => 'string'];
        foreach ((array) Settings::get('post_types') as $type) {
            register_post_meta($type, self::META, [
                'type' => 'object',
                'single' => true,
                'default' => self::EMPTY,
                'sanitize_callback' => [self::class, 'clean'],
                'auth_callback' => static function ($allowed, $key, $post): bool {
                    return current_user_can('edit_post', $post);
                },
                'show_in_rest' => ['schema' => [
                    'type' => 'object',
                    'additionalProperties' => false,
                    'properties' => [
                        'headline' => $text, 'kicker' => $text, 'badge' => $text, 'template' => $text, 'kind' => $text,
                        'focal' => ['type' => 'array', 'maxItems' => 2, 'items' => ['type' => 'number', 'minimum' => 0, 'maximum' => 1]],
                    ],
                ]],
            ]);
        }
    }

    /** The choices of a post, all of them. */
    public static function of(int $post): array
    {
        return self::clean(get_post_meta($post, self::META, true));
    }

    public static function save(int $post, array $given): void
    {
        update_post_meta($post, self::META, wp_slash(self::clean($given)));
    }

    /**
     * The choices that can be used.
     *
     * @param mixed $given
     */
    public static function clean($given): array
    {
        $given = array_merge(self::EMPTY, is_array($given) ? $given : []);
        $focal = array_values(array_filter((array) $given['focal'], 'is_numeric'));
        $inside = count($focal) === 2 && min($focal) >= 0 && max($focal) <= 1;
        return [
            'headline' => self::line($given['headline'], 1000),
            'kicker' => self::line($given['kicker'], 100),
            'badge' => self::line($given['badge'], 24),
            'template' => self::oneOf($given['template'], self::TEMPLATES),
            'kind' => self::oneOf($given['kind'], self::KINDS),
            'focal' => $inside ? [round((float) $focal[0], 4), round((float) $focal[1], 4)] : [],
        ];
    }

    /** @param mixed $value */
    private static function line($value, int $most): string
    {
        return mb_substr(sanitize_text_field(is_string($value) ? $value : ''), 0, $most);
    }

    /** @param mixed $value */
    private static function oneOf($value, array $all): string
    {
        return in_array($value, $all, true) ? $value : '';
    }
}
