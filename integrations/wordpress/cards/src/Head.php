<?php

namespace CardsPlugin;

/**
 * Prints the tags of a registered post in the head of its page, and keeps other plugins and WordPress from printing
 * theirs: of two pictures or titles, networks take the first or none.
 */
final class Head
{
    public static function hook(): void
    {
        add_action('wp', [self::class, 'takeOver']);
    }

    /** Before the page is made: a post without tags of ours leaves everything as it is. */
    public static function takeOver(): void
    {
        $post = is_singular() ? get_queried_object_id() : 0;
        if ($post === 0 || post_password_required($post)) {
            return;
        }
        $tags = State::tags($post);
        if ($tags === '' || !apply_filters('cards_print_tags', true, $post)) {
            return;
        }
        $oembed = (bool) Settings::get('oembed');
        if (!$oembed) {
            $tags = Tags::withoutDiscovery($tags);
        }
        self::silenceCore($oembed);
        self::silenceYoast();
        self::silenceRankMath();
        self::silenceOthers();
        add_action('wp_head', static function () use ($tags): void {
            echo "\n", $tags, "\n"; // held to meta and link by Tags::clean
        }, 1);
    }

    private static function silenceCore(bool $oembed): void
    {
        remove_action('wp_head', 'rel_canonical');
        if ($oembed) {
            remove_action('wp_head', 'wp_oembed_add_discovery_links');
        }
    }

    /** Yoast SEO prints by presenters: those of Open Graph, X and the canonical address go, robots and schema stay. */
    private static function silenceYoast(): void
    {
        add_filter('wpseo_frontend_presenter_classes', static function ($presenters) {
            return array_values(array_filter((array) $presenters, static function ($name): bool {
                return preg_match('/\\\\(Open_Graph|Twitter|Slack)\\\\|\\\\(Canonical|Meta_Author)_Presenter$/', (string) $name) !== 1;
            }));
        });
        add_filter('wpseo_canonical', '__return_false');
    }

    private static function silenceRankMath(): void
    {
        add_action('rank_math/head', static function (): void {
            remove_all_actions('rank_math/opengraph/facebook');
            remove_all_actions('rank_math/opengraph/twitter');
            remove_all_actions('rank_math/opengraph/slack');
        }, 0);
        add_filter('rank_math/frontend/canonical', '__return_false');
    }

    private static function silenceOthers(): void
    {
        add_filter('jetpack_enable_open_graph', '__return_false', 100);
        add_filter('jetpack_disable_twitter_cards', '__return_true', 100);
        add_filter('aioseo_facebook_tags', '__return_empty_array');
        add_filter('aioseo_twitter_tags', '__return_empty_array');
        add_filter('aioseo_canonical_url', '__return_empty_string');
    }
}
