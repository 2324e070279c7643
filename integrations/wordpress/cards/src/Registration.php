<?php

namespace CardsPlugin;

use WP_Error;
use WP_Post;

/**
 * Registers posts with the service, after the answer to the editor: a save never waits for the service and never fails with
 * it. What did not succeed is tried again, later and later, and by an hourly look at all that waits.
 */
final class Registration
{
    /** The event that registers one post. */
    public const EVENT = 'cards_register';

    /** The hourly event that tries all posts that wait. */
    public const CATCH_UP = 'cards_catch_up';

    private const FIRST_WAIT = MINUTE_IN_SECONDS;
    private const LONGEST_WAIT = 6 * HOUR_IN_SECONDS;

    /** Posts of this request. */
    private static $posts = [];

    public static function hook(): void
    {
        add_action(self::EVENT, [self::class, 'run']);
        add_action(self::CATCH_UP, [self::class, 'catchUp']);
        add_action('shutdown', [self::class, 'begin'], 100);
        add_action('init', static function (): void {
            if (!wp_next_scheduled(self::CATCH_UP)) {
                wp_schedule_event(time() + HOUR_IN_SECONDS, 'hourly', self::CATCH_UP);
            }
        });
    }

    public static function unschedule(): void
    {
        wp_unschedule_hook(self::EVENT);
        wp_unschedule_hook(self::CATCH_UP);
    }

    /** Registers the post after the answer of this request. */
    public static function later(int $post): void
    {
        if (!Settings::isComplete() || isset(self::$posts[$post])) {
            return;
        }
        self::$posts[$post] = true;
        State::change($post, ['is' => 'waiting']);
        self::schedule($post, time());
    }

    private static function schedule(int $post, int $at): void
    {
        wp_clear_scheduled_hook(self::EVENT, [$post]);
        wp_schedule_single_event($at, self::EVENT, [$post]);
    }

    /** At the end of a request: works on its posts once the answer is sent, or has another process begin. */
    public static function begin(): void
    {
        if (self::$posts === [] || wp_doing_cron()) {
            return;
        }
        foreach (['fastcgi_finish_request', 'litespeed_finish_request'] as $finish) {
            if (function_exists($finish)) {
                $finish();
                array_map([self::class, 'run'], array_keys(self::$posts));
                return;
            }
        }
        spawn_cron();
    }

    /** Registers or withdraws the post, whichever is right for it now. */
    public static function run(int $id): void
    {
        wp_clear_scheduled_hook(self::EVENT, [$id]); // this is the try
        unset(self::$posts[$id]);
        $problem = self::register($id, Service::current());
        if ($problem !== null) {
            self::failed($id, $problem);
        }
    }

    /** @return WP_Error|null what went wrong */
    public static function register(int $id, Service $service): ?WP_Error
    {
        $post = get_post($id);
        $article = Settings::articleId($id);
        if (!$post instanceof WP_Post || !Changes::isPublic($post) || !Changes::isOurs($post)) {
            $answer = $service->delete($article);
            if (is_wp_error($answer)) {
                return $answer;
            }
            if ($post instanceof WP_Post) {
                State::withdrawn($id);
            }
            return null;
        }
        $answer = self::put($post, $article, $service);
        if (Photo::isLost($answer) && Photo::forget((int) get_post_thumbnail_id($post))) {
            $answer = self::put($post, $article, $service); // with the photo uploaded again
        }
        if (is_wp_error($answer)) {
            return $answer->get_error_code() === 'cards_stale' ? null : $answer; // a newer save is registered already
        }
        State::registered($id, $article, $answer);
        return null;
    }

    private static function put(WP_Post $post, string $article, Service $service)
    {
        $fields = self::article($post, $service);
        return is_wp_error($fields) ? $fields : $service->put($article, $fields);
    }

    /** @return array|WP_Error the article of the post, with its photo */
    public static function article(WP_Post $post, Service $service)
    {
        $choices = Choices::of($post->ID);
        $photo = Photo::of((int) get_post_thumbnail_id($post), $choices['focal'], $service);
        return is_wp_error($photo) ? $photo : Story::of($post, $choices) + $photo;
    }

    private static function failed(int $id, WP_Error $problem): void
    {
        $data = (array) $problem->get_error_data();
        if (!get_post($id) instanceof WP_Post) {
            if (!empty($data['again'])) {
                self::schedule($id, time() + HOUR_IN_SECONDS);
            }
            return;
        }
        $tries = State::of($id)['tries'] + 1;
        State::change($id, [
            'is' => empty($data['again']) ? 'refused' : 'waiting', 'tries' => $tries,
            'message' => $problem->get_error_message(), 'field' => (string) ($data['field'] ?? ''),
        ]);
        if (!empty($data['again'])) {
            $wait = min(self::LONGEST_WAIT, self::FIRST_WAIT * 2 ** min($tries - 1, 10));
            self::schedule($id, time() + max($wait, (int) ($data['after'] ?? 0)));
        }
    }

    /** Tries the posts that wait, those that wait longest first. Their own events may be lost, or hours away. */
    public static function catchUp(): void
    {
        foreach (self::waiting(50) as $id) {
            self::run($id);
            if (State::of($id)['is'] === 'waiting') {
                return; // the service is away: the others would wait for it one after the other
            }
        }
    }

    /** @return int[] IDs of posts that wait, those that wait longest first */
    public static function waiting(int $most): array
    {
        return array_map('intval', get_posts([
            'post_type' => 'any', 'post_status' => 'any', 'fields' => 'ids', 'numberposts' => $most,
            'meta_key' => State::WAITING, 'orderby' => 'meta_value_num', 'order' => 'ASC',
        ]));
    }
}
