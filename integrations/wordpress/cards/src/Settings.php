<?php

namespace CardsPlugin;

/** What the site's administrator has chosen. */
final class Settings
{
    public const GROUP = 'cards';
    public const OPTION = 'cards_settings';

    /** The API token has an option of its own, which WordPress does not load with every page. */
    public const TOKEN = 'cards_token';

    private const DEFAULTS = [
        'service' => '',        // address of the service, without a slash at its end
        'theme' => '',          // of the cards; empty: the service's default
        'targets' => '',        // of the bar, separated by commas; empty: the service's default
        'bar' => 'after',       // where the bar stands: before, after or none
        'oembed' => false,      // whether pages name the service's oEmbed in place of WordPress' own
        'prefix' => '',         // of article IDs, so that several sites can use one service
        'post_types' => ['post'],
    ];

    public static function hook(): void
    {
        add_action('admin_init', [self::class, 'register']);
    }

    public static function register(): void
    {
        register_setting(self::GROUP, self::OPTION, ['sanitize_callback' => [self::class, 'clean']]);
        register_setting(self::GROUP, self::TOKEN, ['sanitize_callback' => [self::class, 'cleanToken']]);
        add_option(self::TOKEN, '', '', 'no');
    }

    /** @return mixed the setting of this name */
    public static function get(string $name)
    {
        $stored = get_option(self::OPTION);
        $all = array_merge(self::DEFAULTS, is_array($stored) ? $stored : []);
        return $all[$name];
    }

    /** The API token: of wp-config.php, if it stands there, else the stored one. */
    public static function token(): string
    {
        return self::hasFixedToken() ? (string) constant('CARDS_TOKEN') : (string) get_option(self::TOKEN, '');
    }

    /** Whether wp-config.php defines the token. */
    public static function hasFixedToken(): bool
    {
        return defined('CARDS_TOKEN') && constant('CARDS_TOKEN') !== '';
    }

    /** Whether posts can be registered. */
    public static function isComplete(): bool
    {
        return self::get('service') !== '' && self::token() !== '';
    }

    /** The ID under which the service knows a post. */
    public static function articleId(int $post): string
    {
        $prefix = (string) self::get('prefix');
        if ($prefix === '') {
            $prefix = is_multisite() ? 'wp' . get_current_blog_id() : 'wp';
        }
        return $prefix . '-' . $post;
    }

    /**
     * Checks what was sent from the settings page. A field that cannot be used keeps its stored value, and the page says why.
     *
     * @param mixed $given
     */
    public static function clean($given): array
    {
        $given = is_array($given) ? $given : [];
        $clean = [];
        foreach (array_keys(self::DEFAULTS) as $name) {
            $clean[$name] = self::get($name);
        }
        self::cleanAddress($given, $clean);
        self::cleanWords($given, $clean);
        if (in_array($given['bar'] ?? '', ['before', 'after', 'none'], true)) {
            $clean['bar'] = $given['bar'];
        }
        if ($given !== []) { // a form does not send a box that is not ticked
            $clean['oembed'] = !empty($given['oembed']);
        }
        $types = array_intersect((array) ($given['post_types'] ?? $clean['post_types']), array_keys(self::postTypes()));
        $clean['post_types'] = $types === [] ? ['post'] : array_values($types);
        return $clean;
    }

    private static function cleanAddress(array $given, array &$clean): void
    {
        $address = rtrim(trim((string) ($given['service'] ?? $clean['service'])), '/');
        $parts = wp_parse_url($address);
        $usable = is_array($parts) && in_array($parts['scheme'] ?? '', ['http', 'https'], true) && !empty($parts['host'])
            && array_diff(array_keys($parts), ['scheme', 'host', 'port']) === [];
        if ($address !== '' && !$usable) {
            self::refuse('service', __('Service address: enter it as https://cards.example, without a path.', 'cards'));
            return;
        }
        $clean['service'] = $address;
    }

    private static function cleanWords(array $given, array &$clean): void
    {
        $rules = [
            'theme' => ['/^[A-Za-z0-9._-]{0,64}$/', __('Theme: enter the name of a theme of the service.', 'cards')],
            'targets' => ['/^[a-z0-9]*(,[a-z0-9]+)*$/', __('Networks: enter names separated by commas.', 'cards')],
            'prefix' => [
                '/^[A-Za-z0-9._-]{0,32}$/',
                __('Prefix: enter at most 32 letters, digits, full stops and hyphens.', 'cards'),
            ],
        ];
        foreach ($rules as $name => [$pattern, $problem]) {
            $value = preg_replace('/\s+/', '', (string) ($given[$name] ?? $clean[$name]));
            if (preg_match($pattern, $value) === 1) {
                $clean[$name] = $value;
            } else {
                self::refuse($name, $problem);
            }
        }
    }

    private static function refuse(string $field, string $problem): void
    {
        if (function_exists('add_settings_error')) {
            add_settings_error(self::GROUP, 'cards_' . $field, $problem);
        }
    }

    /**
     * An empty token keeps the stored one: the page never has it.
     *
     * @param mixed $given
     */
    public static function cleanToken($given): string
    {
        $token = trim((string) $given);
        if ($token === '') {
            return (string) get_option(self::TOKEN, '');
        }
        if (preg_match('/^[\x21-\x7e]{8,512}$/', $token) !== 1) {
            self::refuse('token', __('API token: copy it as the service printed it.', 'cards'));
            return (string) get_option(self::TOKEN, '');
        }
        return $token;
    }

    /** @return string[] labels of the types of posts that can be registered, by name */
    public static function postTypes(): array
    {
        $types = get_post_types(['public' => true], 'objects');
        unset($types['attachment']);
        return wp_list_pluck($types, 'label');
    }
}
