<?php

namespace CardsPlugin;

use WP_Widget;

/** The list of the most read stories as a widget. */
final class TopWidget extends WP_Widget
{
    public static function hook(): void
    {
        add_action('widgets_init', static function (): void {
            register_widget(self::class);
        });
    }

    public function __construct()
    {
        parent::__construct('cards_top', __('Most read', 'cards'), [
            'description' => __('The most read stories, counted by the cards service.', 'cards'),
        ]);
    }

    public function widget($args, $instance)
    {
        $list = Kit::top((array) $instance);
        if ($list !== '') {
            echo $args['before_widget'], $list, $args['after_widget']; // the theme's markup, and escaped attributes
        }
    }

    public function update($new, $old)
    {
        return [
            'heading' => sanitize_text_field($new['heading'] ?? ''),
            'limit' => (string) max(1, min(50, (int) ($new['limit'] ?? 10))),
            'window' => in_array($new['window'] ?? '', ['1h', '24h', '7d', '30d'], true) ? $new['window'] : '24h',
        ];
    }

    public function form($instance)
    {
        $values = array_merge(['heading' => '', 'limit' => '10', 'window' => '24h'], (array) $instance);
        $labels = [
            'heading' => __('Heading', 'cards'),
            'limit' => __('How many', 'cards'),
            'window' => __('Of the last (1h, 24h, 7d)', 'cards'),
        ];
        foreach ($labels as $name => $label) {
            $id = $this->get_field_id($name);
            printf(
                '<p><label for="%1$s">%2$s</label> <input class="widefat" id="%1$s" name="%3$s" value="%4$s"></p>',
                esc_attr($id),
                esc_html($label),
                esc_attr($this->get_field_name($name)),
                esc_attr($values[$name])
            );
        }
        return '';
    }
}
