<?php

namespace CardsPlugin;

use WP_Post;
use WP_Term;

/** Makes the article of a post: the fields that the service takes, without its photo. */
final class Story
{
    /** Words of the description of a post without an excerpt. */
    private const DESCRIPTION_WORDS = 40;

    /** A time as the API takes it, in UTC. */
    private const TIME = 'Y-m-d\TH:i:s\Z';

    /**
     * @param array $choices as Choices::clean returns them
     */
    public static function of(WP_Post $post, array $choices): array
    {
        $article = [
            'url' => self::address($post),
            'headline' => $choices['headline'] !== '' ? $choices['headline'] : self::text(get_the_title($post)),
            'description' => self::description($post),
            'kicker' => $choices['kicker'] !== '' ? $choices['kicker'] : self::kicker($post),
            'byline' => self::authors($post),
            'site' => self::text((string) get_bloginfo('name')),
            'lang' => self::language($post),
            'badge' => $choices['badge'],
            'kind' => $choices['kind'],
            'template' => $choices['template'],
            'theme' => (string) Settings::get('theme'),
            'tags' => self::tags($post),
            'published_at' => self::time($post->post_date_gmt),
            // WordPress dates the change of a scheduled post into the future; then no change before it would count.
            'updated_at' => min(self::time($post->post_modified_gmt), gmdate(self::TIME)),
        ];
        if ($post->post_status === 'future') {
            $article['embargo_until'] = $article['published_at'];
        }
        $article = array_filter($article, static function ($value): bool {
            return $value !== '' && $value !== [];
        });
        /**
         * Filters the article of a post before it is sent, without its photo.
         *
         * @param array   $article fields of PUT /v1/articles/{id}
         * @param WP_Post $post
         */
        return (array) apply_filters('cards_article', $article, $post);
    }

    /** The address that the post has, or will have when it is published. */
    private static function address(WP_Post $post): string
    {
        if ($post->post_status === 'publish') {
            return (string) get_permalink($post);
        }
        $published = clone $post;
        $published->post_status = 'publish';
        $published->filter = 'sample'; // get_permalink takes the clone as it is
        if ($published->post_name === '') {
            $published->post_name = sanitize_title($published->post_title, (string) $published->ID);
        }
        return (string) get_permalink($published);
    }

    private static function description(WP_Post $post): string
    {
        if ($post->post_excerpt !== '') {
            return self::text($post->post_excerpt);
        }
        if ($post->post_password !== '') {
            return '';
        }
        $body = excerpt_remove_blocks(strip_shortcodes($post->post_content));
        return self::text(wp_trim_words($body, self::DESCRIPTION_WORDS, '…'));
    }

    /** The name of the post's category: the one that an SEO plugin calls primary, else the first that is not the default one. */
    private static function kicker(WP_Post $post): string
    {
        $terms = get_the_terms($post, 'category');
        if (!is_array($terms)) {
            return '';
        }
        $primary = (int) (get_post_meta($post->ID, '_yoast_wpseo_primary_category', true)
            ?: get_post_meta($post->ID, 'rank_math_primary_category', true));
        $default = (int) get_option('default_category');
        $usable = array_filter($terms, static function (WP_Term $term) use ($default): bool {
            return $term->term_id !== $default;
        });
        foreach ($usable as $term) {
            if ($term->term_id === $primary) {
                return self::text($term->name);
            }
        }
        return $usable === [] ? '' : self::text(reset($usable)->name);
    }

    /** @return string[] the names of all authors, also of those that Co-Authors Plus has added */
    private static function authors(WP_Post $post): array
    {
        $authors = function_exists('get_coauthors') ? get_coauthors($post->ID) : [get_userdata((int) $post->post_author)];
        $names = [];
        foreach (array_filter($authors) as $author) {
            $names[] = self::text((string) $author->display_name);
        }
        return array_values(array_unique(array_filter($names)));
    }

    /** @return string[] */
    private static function tags(WP_Post $post): array
    {
        $terms = get_the_terms($post, 'post_tag');
        return is_array($terms) ? array_slice(array_map([self::class, 'text'], wp_list_pluck($terms, 'name')), 0, 20) : [];
    }

    /** The language of the post, of Polylang or WPML where one of them is used, else of the site. */
    private static function language(WP_Post $post): string
    {
        if (function_exists('pll_get_post_language')) {
            $language = pll_get_post_language($post->ID, 'locale');
        } else {
            $details = apply_filters('wpml_post_language_details', null, $post->ID);
            $language = is_array($details) ? ($details['locale'] ?? '') : '';
        }
        return str_replace('_', '-', (string) ($language ?: get_bloginfo('language')));
    }

    /** A time of the database as the API takes it; empty if it has none. */
    private static function time(string $gmt): string
    {
        $time = strtotime($gmt . ' UTC');
        return $time === false || $time <= 0 ? '' : gmdate(self::TIME, $time);
    }

    /** Text without markup, in one line, of what WordPress keeps as HTML. */
    public static function text(string $html): string
    {
        $plain = html_entity_decode(wp_strip_all_tags($html), ENT_QUOTES | ENT_HTML5, 'UTF-8');
        return trim((string) preg_replace('/\s+/u', ' ', $plain));
    }
}
