<?php
/**
 * Plugin Name: Cards
 * Description: Gives every post its social card, its tags, a share bar and the Top 10, by a cards service.
 * Version: 1.0.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: Apache-2.0
 * License URI: https://www.apache.org/licenses/LICENSE-2.0
 * Text Domain: cards
 * Domain Path: /languages
 */

defined('ABSPATH') || exit;

spl_autoload_register(static function (string $class): void {
    if (strpos($class, 'CardsPlugin\\') === 0) {
        require_once __DIR__ . '/src/' . substr($class, strlen('CardsPlugin\\')) . '.php';
    }
});

CardsPlugin\Plugin::start(__FILE__);
