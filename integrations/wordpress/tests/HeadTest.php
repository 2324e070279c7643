<?php

namespace CardsPlugin\Tests;

use CardsPlugin\Head;
use CardsPlugin\Registration;
use CardsPlugin\Settings;
use CardsPlugin\Tags;

/** The tags of a page. */
final class HeadTest extends PluginTestCase
{
    private const OEMBED = '<link rel="alternate" type="application/json+oembed" href="https://cards.example/oembed?url=a">';

    public function testTagsAreHeldToTags(): void
    {
        $html = '<meta property="og:title" content="A &quot;quoted&quot; > word"><script>alert(1)</script>'
            . '<meta name="x" content="y" onload="alert(1)"><link rel="stylesheet" href="https://evil.example/a.css">'
            . '<link rel="canonical" href="javascript:alert(1)"><meta http-equiv="refresh" content="0;url=https://evil.example">'
            . '<link rel="canonical" href="https://news.example/a">';
        $clean = Tags::clean($html);
        foreach (['script', 'onload', 'stylesheet', 'javascript', 'http-equiv'] as $bad) {
            $this->assertStringNotContainsString($bad, $clean);
        }
        $this->assertStringContainsString('<link rel="canonical" href="https://news.example/a">', $clean);
        $this->assertStringContainsString('og:title', $clean);
    }

    private function head(bool $registered): string
    {
        $id = $this->post();
        if ($registered) {
            $this->answers['PUT'][1]['meta_html'] .= "\n" . self::OEMBED;
            Registration::run($id);
        }
        $GLOBALS['wp_query'] = $GLOBALS['wp_the_query'] = new \WP_Query(['p' => $id]);
        $GLOBALS['post'] = get_post($id);
        foreach (['wp_head', 'wp'] as $hook) {
            $kept[$hook] = $GLOBALS['wp_filter'][$hook] ?? null;
            $GLOBALS['wp_filter'][$hook] = isset($kept[$hook]) ? clone $kept[$hook] : null;
        }
        Head::takeOver();
        ob_start();
        do_action('wp_head');
        $head = ob_get_clean();
        foreach ($kept as $hook => $was) {
            $GLOBALS['wp_filter'][$hook] = $was;
        }
        return $head;
    }

    public function testOneCanonical(): void
    {
        $head = $this->head(true);
        $this->assertSame(1, substr_count($head, 'rel="canonical"'));
        $this->assertSame(1, substr_count($head, 'og:title'));
        $this->assertStringNotContainsString('cards.example/oembed', $head, 'only where it is wanted');
    }

    public function testOembedWhereItIsWanted(): void
    {
        update_option('cards_settings', ['service' => 'https://cards.example', 'oembed' => true]);
        $this->assertStringContainsString('cards.example/oembed', $this->head(true));
        $this->assertTrue(Settings::get('oembed'));
    }

    public function testUnregisteredPostIsLeftAlone(): void
    {
        $head = $this->head(false);
        $this->assertSame(1, substr_count(str_replace("'", '"', $head), 'rel="canonical"'), 'WordPress’ own');
        $this->assertStringNotContainsString('og:title', $head);
    }

    public function testOthersAreSilent(): void
    {
        $this->head(true);
        $this->assertFalse(apply_filters('jetpack_enable_open_graph', true));
        $this->assertFalse(apply_filters('wpseo_canonical', 'https://news.example/a'));
        $this->assertFalse(apply_filters('rank_math/frontend/canonical', 'https://news.example/a'));
        $this->assertSame(
            ['Yoast\WP\SEO\Presenters\Robots_Presenter', 'Yoast\WP\SEO\Presenters\Schema_Presenter'],
            apply_filters('wpseo_frontend_presenter_classes', [
                'Yoast\WP\SEO\Presenters\Robots_Presenter', 'Yoast\WP\SEO\Presenters\Canonical_Presenter',
                'Yoast\WP\SEO\Presenters\Open_Graph\Image_Presenter', 'Yoast\WP\SEO\Presenters\Twitter\Card_Presenter',
                'Yoast\WP\SEO\Presenters\Schema_Presenter',
            ])
        );
        add_action('rank_math/opengraph/facebook', '__return_true');
        do_action('rank_math/head');
        $this->assertFalse(has_action('rank_math/opengraph/facebook'));
    }
}
