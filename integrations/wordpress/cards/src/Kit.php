<?php

namespace CardsPlugin;

use WP_Post;

/** The share bar and the list of the most read stories, in pages: by setting and by shortcode. */
final class Kit
{
    private const HANDLE = 'cards-kit';

    public static function hook(): void
    {
        add_action('wp_enqueue_scripts', [self::class, 'register']);
        add_filter('the_content', [self::class, 'aroundContent'], 20);
        add_shortcode('cards_share', static function ($given): string {
            $given = shortcode_atts(['targets' => ''], $given, 'cards_share');
            return self::bar((int) get_the_ID(), $given);
        });
        add_shortcode('cards_top', static function ($given): string {
            return self::top(shortcode_atts(self::TOP, $given, 'cards_top'));
        });
    }

    /** The script is in the head, where the text size that a reader chose applies from the first paint. */
    public static function register(): void
    {
        if (Settings::get('service') === '') {
            return;
        }
        // Without a version: the service says how long its script is fresh.
        wp_register_script(self::HANDLE, Settings::get('service') . '/embed/cards.js', [], null, false);
        if (is_singular(Settings::get('post_types')) && Settings::get('bar') !== 'none') {
            wp_enqueue_script(self::HANDLE);
        }
    }

    /** @param string $content */
    public static function aroundContent($content): string
    {
        $content = (string) $content;
        $where = Settings::get('bar');
        $post = get_post();
        $isStory = $post instanceof WP_Post && is_singular(Settings::get('post_types')) && in_the_loop() && is_main_query();
        if (!$isStory || $where === 'none' || has_block('cards/share-bar', $post) || has_shortcode($post->post_content, 'cards_share')) {
            return $content;
        }
        $bar = self::bar($post->ID, []);
        return $where === 'before' ? $bar . $content : $content . $bar;
    }

    /**
     * The bar of a post. Inside stand plain links, for pages without script and until it has run. Empty if the post is not
     * registered: its links could not be counted.
     *
     * @param array $given targets, separated by commas
     */
    public static function bar(int $post, array $given): string
    {
        $state = State::of($post);
        if ($state['id'] === '' || $state['share'] === []) {
            return '';
        }
        wp_enqueue_script(self::HANDLE);
        $targets = (string) (($given['targets'] ?? '') ?: Settings::get('targets'));
        $attributes = ['article' => $state['id'], 'lang' => (string) get_bloginfo('language'), 'targets' => $targets];
        return self::element('share-bar', $attributes, self::plainLinks($state['share'], $targets));
    }

    private static function plainLinks(array $share, string $targets): string
    {
        $shown = explode(',', $targets === '' ? 'facebook,twitter,kakao,mail' : $targets);
        $links = '';
        foreach ($share as $link) {
            if (in_array($link['target'], $shown, true) && $link['url'] !== '') {
                $url = esc_url($link['url'], ['http', 'https', 'mailto', 'sms']);
                $links .= '<a href="' . $url . '" rel="nofollow noopener">' . esc_html($link['label']) . '</a> ';
            }
        }
        return rtrim($links);
    }

    /** Attributes of the list of the most read stories, with what they are if nothing is given. */
    public const TOP = ['limit' => '10', 'window' => '24h', 'by' => '', 'site' => '', 'heading' => ''];

    public static function top(array $given): string
    {
        if (Settings::get('service') === '') {
            return '';
        }
        wp_enqueue_script(self::HANDLE);
        $given = array_intersect_key(array_merge(self::TOP, $given), self::TOP);
        $given['limit'] = (string) max(1, min(50, (int) $given['limit']));
        return self::element('top-stories', $given + ['lang' => (string) get_bloginfo('language')], '');
    }

    private static function element(string $name, array $attributes, string $inside): string
    {
        $html = '<' . $name;
        foreach ($attributes as $attribute => $value) {
            if ((string) $value !== '') {
                $html .= ' ' . $attribute . '="' . esc_attr((string) $value) . '"';
            }
        }
        return $html . '>' . $inside . '</' . $name . '>';
    }
}
