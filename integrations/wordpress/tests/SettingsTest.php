<?php

namespace CardsPlugin\Tests;

use CardsPlugin\Settings;

/** What the settings page takes. */
final class SettingsTest extends PluginTestCase
{
    /** @dataProvider addresses */
    public function testAddress(string $given, string $kept): void
    {
        $this->assertSame($kept, Settings::clean(['service' => $given])['service']);
    }

    public function addresses(): array
    {
        return [
            ['https://new.example/', 'https://new.example'], [' http://127.0.0.1:8080 ', 'http://127.0.0.1:8080'], ['', ''],
            ['ftp://new.example', 'https://cards.example'], ['new.example', 'https://cards.example'],
            ['https://user:pass@new.example', 'https://cards.example'], ['https://new.example/path', 'https://cards.example'],
        ];
    }

    public function testWords(): void
    {
        $clean = Settings::clean(['targets' => 'x, mail', 'theme' => 'press', 'prefix' => 'a b', 'bar' => 'before', 'oembed' => '1']);
        $this->assertSame(
            ['x,mail', 'press', 'ab', 'before', true],
            [$clean['targets'], $clean['theme'], $clean['prefix'], $clean['bar'], $clean['oembed']]
        );
        $clean = Settings::clean(['targets' => 'x;mail', 'theme' => '../a', 'bar' => 'top', 'post_types' => ['none']]);
        $this->assertSame(
            ['', '', 'after', ['post']],
            [$clean['targets'], $clean['theme'], $clean['bar'], $clean['post_types']]
        );
    }

    public function testEmptyTokenKeepsTheStoredOne(): void
    {
        $this->assertSame('a-token-of-the-tests', Settings::cleanToken(''));
        $this->assertSame('another-token', Settings::cleanToken(' another-token '));
        $this->assertSame('a-token-of-the-tests', Settings::cleanToken("two\nlines"));
    }

    public function testArticleIds(): void
    {
        $this->assertSame('wp-7', Settings::articleId(7));
        update_option('cards_settings', ['service' => 'https://cards.example', 'prefix' => 'harbor']);
        $this->assertSame('harbor-7', Settings::articleId(7));
    }
}
