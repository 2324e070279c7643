<?php

namespace CardsPlugin;

use WP_Error;
use WP_Post;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

/** What the editor's panel asks: a post's state, its checks and its card. The token stays on this server. */
final class Routes
{
    private const SPACE = 'cards/v1';

    public static function hook(): void
    {
        add_action('rest_api_init', [self::class, 'register']);
        add_filter('rest_pre_serve_request', [self::class, 'servePicture'], 20, 4); // after those that send headers
    }

    public static function register(): void
    {
        $post = ['id' => ['type' => 'integer', 'required' => true]];
        $draft = [
            'title' => ['type' => 'string'],
            'featured' => ['type' => 'integer'],
            'choices' => ['type' => 'string'], // as JSON
        ];
        $widths = ['type' => 'integer', 'minimum' => 80, 'maximum' => 1200, 'default' => 600];
        $sizes = ['type' => 'string', 'default' => 'og', 'enum' => ['og', 'twitter', 'kakao', 'square', 'portrait', 'story']];
        $all = [
            '' => ['GET', 'state', []],
            '/register' => ['POST', 'registerNow', []],
            '/check' => ['GET', 'check', $draft],
            '/card' => ['GET', 'card', $draft + ['size' => $sizes, 'width' => $widths]],
        ];
        foreach ($all as $path => [$method, $handler, $arguments]) {
            register_rest_route(self::SPACE, '/posts/(?P<id>\d+)' . $path, [
                'methods' => $method,
                'callback' => [self::class, $handler],
                'permission_callback' => [self::class, 'mayEdit'],
                'args' => $post + $arguments,
            ]);
        }
    }

    public static function mayEdit(WP_REST_Request $request): bool
    {
        $post = get_post((int) $request['id']);
        return $post instanceof WP_Post && Changes::isOurs($post) && current_user_can('edit_post', $post->ID);
    }

    public static function state(WP_REST_Request $request): array
    {
        return self::shown((int) $request['id']);
    }

    /** Registers the post now: for an editor who does not want to wait for the next try. */
    public static function registerNow(WP_REST_Request $request)
    {
        $id = (int) $request['id'];
        $post = get_post($id);
        if (!Changes::isPublic($post)) {
            return new WP_Error('cards_unpublished', __('Publish the post first.', 'cards'), ['status' => 409]);
        }
        Registration::run($id);
        return self::shown($id);
    }

    private static function shown(int $post): array
    {
        $state = State::of($post);
        unset($state['share']);
        return $state + ['label' => Labels::state($state), 'complete' => Settings::isComplete()];
    }

    /** What the service says of the post as it is in the editor, without registering it. */
    public static function check(WP_REST_Request $request)
    {
        $service = Service::current(Service::QUICK);
        $article = self::draft($request, $service);
        if (!is_wp_error($article)) {
            unset($article['updated_at']); // an older save is not stale while it is only tried
            $article = $service->tryPut(Settings::articleId((int) $request['id']), $article);
        }
        if (is_wp_error($article)) {
            return self::told($article);
        }
        return ['warnings' => array_map('strval', wp_list_pluck((array) ($article['warnings'] ?? []), 'message'))];
    }

    /** The card of the post as it is in the editor. */
    public static function card(WP_REST_Request $request)
    {
        $service = Service::current(Service::QUICK);
        $article = self::draft($request, $service);
        if (is_wp_error($article)) {
            return self::told($article);
        }
        $picture = $service->card(self::query($article) + ['size' => $request['size'], 'width' => (int) $request['width']]);
        if (is_wp_error($picture)) {
            return self::told($picture);
        }
        $response = new WP_REST_Response($picture['bytes']);
        $response->header('Content-Type', $picture['type']);
        $response->header('Cache-Control', 'private, max-age=60');
        return $response;
    }

    /** The fields of a picture's URL. */
    private static function query(array $article): array
    {
        $names = ['headline', 'caption', 'credit', 'kicker', 'site', 'lang', 'badge', 'kind', 'template', 'theme'];
        $query = array_intersect_key($article, array_flip($names));
        if (($article['byline'] ?? []) !== []) {
            $query['byline'] = implode(', ', (array) $article['byline']);
        }
        if (isset($article['photo'])) {
            $query['photo'] = $article['photo']['url'];
            if (isset($article['photo']['focal'])) {
                $query['focal'] = implode(',', $article['photo']['focal']);
            }
        }
        $date = substr($article['published_at'] ?? '', 0, 10);
        return $query + ($date === '' ? [] : ['date' => $date]);
    }

    /** @return array|WP_Error the article of the post, with what the editor has not saved yet */
    private static function draft(WP_REST_Request $request, Service $service)
    {
        $post = clone get_post((int) $request['id']);
        if ($request['title'] !== null) {
            $post->post_title = (string) $request['title'];
        }
        if (trim($post->post_title) === '') {
            return new WP_Error('cards_untitled', __('The post has no title yet.', 'cards'), ['status' => 409]);
        }
        $choices = $request['choices'] === null ? Choices::of($post->ID) : Choices::clean(json_decode($request['choices'], true));
        $featured = $request['featured'] === null ? (int) get_post_thumbnail_id($post->ID) : (int) $request['featured'];
        $photo = Photo::of($featured, $choices['focal'], $service);
        return is_wp_error($photo) ? $photo : Story::of($post, $choices) + $photo;
    }

    /** A problem of the service as an error of this site's: the status that the service gave means something else here. */
    private static function told(WP_Error $problem): WP_Error
    {
        $data = (array) $problem->get_error_data();
        $status = isset($data['again']) ? ($data['again'] ? 503 : 502) : ($data['status'] ?? 502);
        return new WP_Error($problem->get_error_code(), $problem->get_error_message(), ['status' => $status]);
    }

    /**
     * Sends a picture as it is: WordPress would encode it as JSON.
     *
     * @param bool $served
     * @param WP_REST_Response $result
     * @param WP_REST_Request $request
     * @param WP_REST_Server $server
     */
    public static function servePicture($served, $result, $request, $server): bool
    {
        $type = $result instanceof WP_REST_Response ? ($result->get_headers()['Content-Type'] ?? '') : '';
        if ($served || strpos((string) $request->get_route(), '/' . self::SPACE . '/') !== 0 || strpos($type, 'image/') !== 0) {
            return (bool) $served;
        }
        add_filter('rest_send_nocache_headers', '__return_false'); // WordPress would send them after the picture
        echo $result->get_data(); // bytes
        return true;
    }
}
