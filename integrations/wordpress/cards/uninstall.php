<?php

/** Removes everything that the plugin has stored in WordPress. The service keeps its articles: links to them are out there. */

defined('WP_UNINSTALL_PLUGIN') || exit;

(static function (): void {
    $sites = is_multisite() ? get_sites(['fields' => 'ids', 'number' => 0]) : [0];
    foreach ($sites as $site) {
        if ($site !== 0) {
            switch_to_blog($site);
        }
        foreach (['cards_settings', 'cards_token', 'widget_cards_top'] as $option) {
            delete_option($option);
        }
        foreach (['_cards_choices', '_cards_state', '_cards_tags', '_cards_waiting', '_cards_photo'] as $key) {
            delete_post_meta_by_key($key);
        }
        wp_unschedule_hook('cards_register');
        wp_unschedule_hook('cards_catch_up');
        if ($site !== 0) {
            restore_current_blog();
        }
    }
})();
