<?php

namespace CardsPlugin;

/** What is known of a post's registration, kept with the post. */
final class State
{
    public const META = '_cards_state';

    /** Meta field of posts that wait, with the time since when; a query finds them. */
    public const WAITING = '_cards_waiting';

    /** Meta field with the tags for the head of the page. */
    public const TAGS = '_cards_tags';

    private const EMPTY = [
        'is' => 'new',       // new, waiting, registered, refused or withdrawn
        'at' => 0,           // when it became so, in Unix seconds
        'tries' => 0,        // that failed since the last success
        'message' => '',     // why the last try failed
        'field' => '',       // the field that is at fault
        'id' => '',          // of the article
        'short_url' => '',
        'warnings' => [],    // messages
        'images' => [],      // URLs of the pictures by size
        'share' => [],       // links: target, label, url
    ];

    public static function of(int $post): array
    {
        $stored = get_post_meta($post, self::META, true);
        return array_merge(self::EMPTY, is_array($stored) ? $stored : []);
    }

    public static function change(int $post, array $changes): void
    {
        $state = array_merge(self::of($post), $changes, ['at' => time()]);
        update_post_meta($post, self::META, wp_slash($state));
        if ($state['is'] === 'waiting') {
            add_post_meta($post, self::WAITING, (string) time(), true);
        } else {
            delete_post_meta($post, self::WAITING);
        }
    }

    /** Keeps what the service has answered. */
    public static function registered(int $post, string $id, array $answer): void
    {
        update_post_meta($post, self::TAGS, wp_slash(Tags::clean((string) ($answer['meta_html'] ?? ''))));
        self::change($post, [
            'is' => 'registered', 'tries' => 0, 'message' => '', 'field' => '', 'id' => $id,
            'short_url' => esc_url_raw((string) ($answer['short_url'] ?? '')),
            'warnings' => array_map('strval', wp_list_pluck((array) ($answer['warnings'] ?? []), 'message')),
            'images' => array_map('esc_url_raw', wp_list_pluck((array) ($answer['images'] ?? []), 'url')),
            'share' => self::links((array) ($answer['share'] ?? [])),
        ]);
    }

    /** Forgets what was registered: the post is not public any more. */
    public static function withdrawn(int $post): void
    {
        delete_post_meta($post, self::TAGS);
        self::change($post, ['is' => 'withdrawn', 'short_url' => '', 'images' => [], 'share' => [], 'warnings' => []]
            + ['tries' => 0, 'message' => '', 'field' => '']);
    }

    private static function links(array $share): array
    {
        $links = [];
        foreach ($share as $link) {
            $links[] = [
                'target' => sanitize_key($link['target'] ?? ''),
                'label' => sanitize_text_field($link['label'] ?? ''),
                'url' => esc_url_raw((string) ($link['short_url'] ?? $link['url'] ?? ''), ['http', 'https', 'mailto', 'sms']),
            ];
        }
        return $links;
    }

    /** The tags of a post for the head of its page; empty if it is not registered. */
    public static function tags(int $post): string
    {
        return (string) get_post_meta($post, self::TAGS, true);
    }
}
