<?php

namespace CardsPlugin;

use WP_CLI;

/** Registers posts from the command line, and says what waits. */
final class Command
{
    /**
     * Registers all posts: a new site, a new theme, or a service that begins anew. What the service has already stays as it
     * is there.
     *
     * ## OPTIONS
     *
     * [--waiting]
     * : Only the posts that wait.
     *
     * [--since=<date>]
     * : Only the posts that were published since, such as 2026-01-31.
     *
     * @param string[] $given
     * @param string[] $options
     */
    public function sync(array $given, array $options): void
    {
        if (!Settings::isComplete()) {
            WP_CLI::error(__('Enter the service address and the API token in Settings → Cards first.', 'cards'));
        }
        $posts = isset($options['waiting']) ? Registration::waiting(-1) : self::posts($options['since'] ?? '');
        $progress = WP_CLI\Utils\make_progress_bar(__('Registering posts', 'cards'), count($posts));
        $failed = 0;
        foreach ($posts as $id) {
            $problem = Registration::register($id, Service::current());
            if ($problem !== null) {
                $failed++;
                WP_CLI::warning($id . ': ' . $problem->get_error_message());
            }
            $progress->tick();
            clean_post_cache($id); // memory stays the same for a hundred thousand posts
        }
        $progress->finish();
        /* translators: 1: number of posts, 2: number of those that failed */
        $result = sprintf(__('%1$d posts, %2$d failed.', 'cards'), count($posts), $failed);
        $failed === 0 ? WP_CLI::success($result) : WP_CLI::error($result);
    }

    /**
     * Says whether the service answers, and which posts wait.
     */
    public function status(): void
    {
        $answer = Service::current()->check();
        WP_CLI::log(is_wp_error($answer) ? $answer->get_error_message() : __('The service answers and takes the token.', 'cards'));
        foreach (Registration::waiting(-1) as $id) {
            WP_CLI::log($id . "\t" . get_the_title($id) . "\t" . Labels::state(State::of($id)));
        }
        if (is_wp_error($answer)) {
            WP_CLI::halt(1);
        }
    }

    /** @return int[] */
    private static function posts(string $since): array
    {
        $query = [
            'post_type' => Settings::get('post_types'), 'post_status' => ['publish', 'future'], 'fields' => 'ids',
            'numberposts' => -1, 'orderby' => 'date', 'order' => 'DESC',
        ];
        if ($since !== '') {
            $query['date_query'] = [['after' => $since, 'inclusive' => true]];
        }
        return array_map('intval', get_posts($query));
    }
}
