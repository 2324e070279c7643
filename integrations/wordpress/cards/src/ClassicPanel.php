<?php

namespace CardsPlugin;

use WP_Post;

/** The panel of the classic editor: the same choices as a form, and the card as it was registered. */
final class ClassicPanel
{
    private const NONCE = 'cards_choices_nonce';

    public static function hook(): void
    {
        add_action('add_meta_boxes', [self::class, 'add']);
        add_action('save_post', [self::class, 'save']);
    }

    public static function add(): void
    {
        add_meta_box('cards', __('Social card', 'cards'), [self::class, 'show'], Settings::get('post_types'), 'side', 'default', [
            '__back_compat_meta_box' => true, // the block editor has its own panel
        ]);
    }

    public static function show(WP_Post $post): void
    {
        $words = Labels::panel();
        if (!Settings::isComplete()) {
            echo '<p>', esc_html($words['unset']), '</p>';
            return;
        }
        $state = State::of($post->ID);
        wp_nonce_field(self::NONCE . $post->ID, self::NONCE);
        if (($state['images']['og'] ?? '') !== '') {
            printf(
                '<p><img src="%s" alt="%s" style="width:100%%;height:auto"></p>',
                esc_url($state['images']['og']),
                esc_attr($words['card'])
            );
        }
        echo '<p>', esc_html(Labels::state($state)), '</p>';
        if ($state['warnings'] !== []) {
            echo '<p><strong>', esc_html($words['mend']), '</strong></p><ul class="ul-disc">';
            foreach ($state['warnings'] as $warning) {
                echo '<li>', esc_html($warning), '</li>';
            }
            echo '</ul>';
        }
        self::fields(Choices::of($post->ID), $words);
    }

    private static function fields(array $choices, array $words): void
    {
        foreach (['headline', 'kicker'] as $name) {
            self::field($name, $words[$name], '<input class="widefat"', ' value="' . esc_attr($choices[$name]) . '">');
        }
        $lists = ['badge' => Labels::badges(), 'kind' => Labels::kinds(), 'template' => Labels::templates()];
        foreach ($lists as $name => $labels) {
            $options = '';
            foreach ($labels as $value => $label) {
                $chosen = selected($choices[$name], $value, false);
                $options .= '<option value="' . esc_attr((string) $value) . '"' . $chosen . '>' . esc_html($label) . '</option>';
            }
            self::field($name, $words[$name], '<select class="widefat"', '>' . $options . '</select>');
        }
        foreach (['focalX', 'focalY'] as $i => $name) {
            $value = esc_attr((string) ($choices['focal'][$i] ?? ''));
            self::field($name, $words[$name], '<input type="number" min="0" max="1" step="0.01"', ' value="' . $value . '">');
        }
    }

    /** A labelled control: the beginning of its tag, and what follows its name. Both are escaped. */
    private static function field(string $name, string $label, string $begin, string $end): void
    {
        $id = esc_attr('cards-' . $name);
        echo '<p><label for="', $id, '">', esc_html($label), '</label><br>';
        echo $begin, ' id="', $id, '" name="cards[', esc_attr($name), ']"', $end, '</p>';
    }

    public static function save(int $id): void
    {
        $nonce = isset($_POST[self::NONCE]) ? sanitize_text_field(wp_unslash($_POST[self::NONCE])) : '';
        if (!wp_verify_nonce($nonce, self::NONCE . $id) || !current_user_can('edit_post', $id) || !is_array($_POST['cards'] ?? null)) {
            return;
        }
        $given = wp_unslash($_POST['cards']);
        $focal = [$given['focalX'] ?? '', $given['focalY'] ?? ''];
        Choices::save($id, ['focal' => in_array('', $focal, true) ? [] : array_map('floatval', $focal)] + $given);
    }
}
