<?php

namespace CardsPlugin;

/** Connects the parts of the plugin with WordPress. */
final class Plugin
{
    public const VERSION = '1.0.0';

    /** Path of the plugin's main file. */
    private static $file = '';

    public static function start(string $file): void
    {
        self::$file = $file;
        add_action('init', static function (): void {
            load_plugin_textdomain('cards', false, dirname(plugin_basename(self::$file)) . '/languages');
        });
        foreach (
            [
                Settings::class, SettingsPage::class, Choices::class, Changes::class, Registration::class, Head::class,
                Kit::class, Blocks::class, TopWidget::class, Routes::class, Panel::class, ClassicPanel::class,
            ] as $part
        ) {
            $part::hook();
        }
        register_deactivation_hook($file, [Registration::class, 'unschedule']);
        if (defined('WP_CLI') && WP_CLI) {
            \WP_CLI::add_command('cards', Command::class);
        }
    }

    /** The URL of a file of the plugin. */
    public static function asset(string $path): string
    {
        return plugins_url('assets/' . $path, self::$file);
    }
}
