<?php

namespace CardsPlugin\Tests;

use PHPUnit\Framework\TestCase;

/** A test with a service that answers what the test says, and a database as it was before. */
abstract class PluginTestCase extends TestCase
{
    /** What the service was asked: method, path, headers, body. */
    protected $asked = [];

    /** What the service answers, by method: status and body; or a WP_Error. */
    protected $answers = [];

    private $network;

    protected function setUp(): void
    {
        $GLOBALS['wpdb']->query('START TRANSACTION');
        wp_cache_flush();
        update_option('cards_settings', ['service' => 'https://cards.example']);
        update_option('cards_token', 'a-token-of-the-tests', false);
        $this->answers = [
            'PUT' => [200, [
                'short_url' => 'https://cards.example/s/abcdefg',
                'meta_html' => '<meta property="og:title" content="A">' . "\n" . '<link rel="canonical" href="https://news.example/a">',
                'images' => ['og' => ['url' => 'https://cards.example/cards/wp-1/v/og.jpg']],
                'share' => [['target' => 'facebook', 'label' => 'Facebook', 'short_url' => 'https://cards.example/s/abcdefg/facebook']],
                'warnings' => [],
            ]],
            'POST' => [201, ['id' => 'upload:1']],
            'DELETE' => [204, null],
        ];
        $this->network = function ($answer, array $request, string $url) {
            return $this->answer($request, $url);
        };
        add_filter('pre_http_request', $this->network, 10, 3);
    }

    protected function tearDown(): void
    {
        remove_filter('pre_http_request', $this->network);
        $GLOBALS['wpdb']->query('ROLLBACK');
        wp_cache_flush();
    }

    private function answer(array $request, string $url)
    {
        if (strpos($url, 'https://cards.example/') !== 0) {
            return new \WP_Error('outside', $url); // WordPress' own requests
        }
        $this->asked[] = [
            'method' => $request['method'], 'path' => substr($url, strlen('https://cards.example')),
            'headers' => $request['headers'], 'body' => (string) $request['body'], 'redirection' => $request['redirection'],
        ];
        $answer = $this->answers[$request['method']];
        if (is_wp_error($answer)) {
            return $answer;
        }
        [$status, $body] = $answer;
        return [
            'response' => ['code' => $status, 'message' => ''], 'body' => $body === null ? '' : wp_json_encode($body),
            'headers' => new \Requests_Utility_CaseInsensitiveDictionary($answer[2] ?? []), 'cookies' => [],
        ];
    }

    /** The bodies that were sent by a method. */
    protected function sent(string $method): array
    {
        $bodies = [];
        foreach ($this->asked as $request) {
            if ($request['method'] === $method) {
                $bodies[] = json_decode($request['body'], true) ?? $request['body'];
            }
        }
        return $bodies;
    }

    protected function post(array $fields = []): int
    {
        return wp_insert_post($fields + ['post_title' => 'A headline', 'post_status' => 'publish', 'post_author' => 1]);
    }

    /** An attachment with a photo of so many bytes. */
    protected function photo(int $bytes = 100, string $caption = ''): int
    {
        $file = wp_upload_dir()['path'] . '/' . uniqid('photo') . '.jpg';
        file_put_contents($file, str_repeat('x', $bytes));
        return wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => 'Photo', 'post_excerpt' => $caption], $file);
    }
}
