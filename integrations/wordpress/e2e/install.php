<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('WP_URL'), PHP_URL_HOST) . ':' . parse_url(getenv('WP_URL'), PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('The Harbor Post', 'admin', 'admin@news.example', true, '', getenv('PASSWORD'));
update_option('permalink_structure', '/%postname%/');
update_option('WPLANG', '');
switch_theme('twentytwentythree');
$problem = activate_plugin('cards/cards.php');
if (is_wp_error($problem)) {
    fwrite(STDERR, $problem->get_error_message());
    exit(1);
}
update_option('cards_settings', ['service' => getenv('CARDS_SERVICE')]);
update_option('cards_token', getenv('CARDS_TOKEN_GIVEN'), false);
flush_rewrite_rules();
$application = WP_Application_Passwords::create_new_application_password(1, ['name' => 'tests']);
echo "\napplication password: ", $application[0], "\n";
