<?php

namespace CardsPlugin;

/** The page Settings → Cards. */
final class SettingsPage
{
    private const PAGE = 'cards';
    private const TEST = 'cards_test';

    public static function hook(): void
    {
        add_action('admin_menu', static function (): void {
            add_options_page(__('Cards', 'cards'), __('Cards', 'cards'), 'manage_options', self::PAGE, [self::class, 'show']);
        });
        add_action('admin_post_' . self::TEST, [self::class, 'test']);
    }

    public static function show(): void
    {
        echo '<div class="wrap"><h1>', esc_html__('Cards', 'cards'), '</h1>';
        self::testResult();
        echo '<form method="post" action="options.php">';
        settings_fields(Settings::GROUP);
        echo '<table class="form-table" role="presentation">';
        self::fields();
        echo '</table>';
        submit_button();
        echo '</form><h2>', esc_html__('Connection', 'cards'), '</h2>';
        echo '<form method="post" action="', esc_url(admin_url('admin-post.php')), '">';
        wp_nonce_field(self::TEST);
        echo '<input type="hidden" name="action" value="', esc_attr(self::TEST), '">';
        submit_button(__('Test the saved settings', 'cards'), 'secondary', 'submit', false);
        echo '</form>';
        self::posts();
        echo '</div>';
    }

    private static function fields(): void
    {
        self::input('service', 'url', __('Service address', 'cards'), __('Such as https://cards.example', 'cards'));
        self::token();
        self::input('theme', 'text', __('Theme', 'cards'), __('Empty: the default of the service.', 'cards'));
        self::input(
            'targets',
            'text',
            __('Networks of the bar', 'cards'),
            __('Names separated by commas, such as facebook,twitter,kakao,mail,link. Empty: these five.', 'cards')
        );
        self::place();
        self::types();
        self::input(
            'prefix',
            'text',
            __('Prefix of article IDs', 'cards'),
            __('Each site needs its own if several use one service. Do not change it later. Empty: wp.', 'cards')
        );
        $name = Settings::OPTION . '[oembed]';
        self::row('oembed', 'oEmbed', sprintf(
            '<label><input type="checkbox" id="cards-oembed" name="%s" value="1"%s> %s</label>',
            esc_attr($name),
            checked((bool) Settings::get('oembed'), true, false),
            esc_html__('Pages name the oEmbed address of the service in place of WordPress’ own.', 'cards')
        ));
    }

    private static function input(string $name, string $type, string $label, string $about): void
    {
        self::row($name, $label, sprintf(
            '<input class="regular-text" type="%1$s" id="cards-%2$s" name="%3$s[%2$s]" value="%4$s"><p class="description">%5$s</p>',
            esc_attr($type),
            esc_attr($name),
            esc_attr(Settings::OPTION),
            esc_attr((string) Settings::get($name)),
            esc_html($about)
        ));
    }

    /** The token is never in the page: whoever can open it could read it. */
    private static function token(): void
    {
        if (Settings::hasFixedToken()) {
            $about = __('Defined as CARDS_TOKEN in wp-config.php.', 'cards');
            self::row('token', __('API token', 'cards'), '<p>' . esc_html($about) . '</p>');
            return;
        }
        $about = Settings::token() === ''
            ? __('As the service printed it. Better: define CARDS_TOKEN in wp-config.php.', 'cards')
            : __('One is stored. Enter another to replace it.', 'cards');
        self::row('token', __('API token', 'cards'), sprintf(
            '<input class="regular-text" type="password" autocomplete="off" id="cards-token" name="%s" value="">'
                . '<p class="description">%s</p>',
            esc_attr(Settings::TOKEN),
            esc_html($about)
        ));
    }

    private static function place(): void
    {
        $places = [
            'after' => __('After the text', 'cards'),
            'before' => __('Before the text', 'cards'),
            'none' => __('Only where a block or a shortcode puts it', 'cards'),
        ];
        $options = '';
        foreach ($places as $value => $label) {
            $chosen = selected(Settings::get('bar'), $value, false);
            $options .= '<option value="' . esc_attr($value) . '"' . $chosen . '>' . esc_html($label) . '</option>';
        }
        $name = esc_attr(Settings::OPTION . '[bar]');
        self::row('bar', __('Share bar', 'cards'), '<select id="cards-bar" name="' . $name . '">' . $options . '</select>');
    }

    private static function types(): void
    {
        $boxes = '';
        foreach (Settings::postTypes() as $type => $label) {
            $boxes .= sprintf(
                '<label><input type="checkbox" name="%s[post_types][]" value="%s"%s> %s</label><br>',
                esc_attr(Settings::OPTION),
                esc_attr($type),
                checked(in_array($type, (array) Settings::get('post_types'), true), true, false),
                esc_html($label)
            );
        }
        self::row('', __('Register', 'cards'), '<fieldset>' . $boxes . '</fieldset>');
    }

    /** A row of the form; control is escaped. */
    private static function row(string $name, string $label, string $control): void
    {
        $head = $name === '' ? esc_html($label) : '<label for="cards-' . esc_attr($name) . '">' . esc_html($label) . '</label>';
        echo '<tr><th scope="row">', $head, '</th><td>', $control, '</td></tr>';
    }

    /** Asks the service with the saved settings, and goes back to the page, which says what came of it. */
    public static function test(): void
    {
        check_admin_referer(self::TEST);
        if (!current_user_can('manage_options')) {
            wp_die(esc_html__('You are not allowed to do this.', 'cards'), 403);
        }
        $answer = Service::current(Service::QUICK)->check();
        $problem = is_wp_error($answer) ? $answer->get_error_message() : self::themeProblem();
        set_transient(self::TEST . get_current_user_id(), ['problem' => $problem], MINUTE_IN_SECONDS);
        wp_safe_redirect(admin_url('options-general.php?page=' . self::PAGE));
        exit;
    }

    /** What the service says of the theme and of a story in it. */
    private static function themeProblem(): string
    {
        $article = ['url' => home_url('/'), 'headline' => 'Test', 'theme' => (string) Settings::get('theme')];
        $answer = Service::current(Service::QUICK)->tryPut(Settings::articleId(0), array_filter($article));
        return is_wp_error($answer) ? $answer->get_error_message() : '';
    }

    private static function testResult(): void
    {
        $key = self::TEST . get_current_user_id();
        $result = get_transient($key);
        if (!is_array($result)) {
            return;
        }
        delete_transient($key);
        $works = $result['problem'] === '';
        $text = $works ? __('The service answers, and takes the token and the theme.', 'cards') : $result['problem'];
        printf(
            '<div class="notice notice-%s" role="status"><p>%s</p></div>',
            $works ? 'success' : 'error',
            esc_html($text)
        );
    }

    /** Posts that wait, and why. */
    private static function posts(): void
    {
        $waiting = Registration::waiting(20);
        if ($waiting === []) {
            return;
        }
        echo '<h2>', esc_html__('Posts that wait', 'cards'), '</h2><ul class="ul-disc">';
        foreach ($waiting as $id) {
            printf(
                '<li><a href="%s">%s</a>: %s</li>',
                esc_url((string) get_edit_post_link($id)),
                esc_html(get_the_title($id)),
                esc_html(Labels::state(State::of($id)))
            );
        }
        echo '</ul>';
    }
}
