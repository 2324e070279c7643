<?php

namespace CardsPlugin;

use WP_Post;

/** Notices what changes a post's card: the post, its photo, and what is said of the photo. */
final class Changes
{
    public static function hook(): void
    {
        add_action('wp_after_insert_post', [self::class, 'saved'], 10, 2); // with its terms and meta fields
        add_action('trashed_post', [self::class, 'gone']);
        add_action('before_delete_post', [self::class, 'gone']);
        add_action('added_post_meta', [self::class, 'metaChanged'], 10, 3);
        add_action('updated_post_meta', [self::class, 'metaChanged'], 10, 3);
        add_action('deleted_post_meta', [self::class, 'metaChanged'], 10, 3);
        add_action('attachment_updated', [self::class, 'attachmentChanged']);
        add_action('delete_attachment', [self::class, 'attachmentChanged']);
    }

    public static function saved(int $id, WP_Post $post): void
    {
        if (self::isOurs($post) && (self::isPublic($post) || State::of($id)['id'] !== '')) {
            Registration::later($id);
        }
    }

    public static function gone(int $id): void
    {
        if (State::of($id)['id'] !== '') {
            Registration::later($id);
        }
    }

    /** Fields that are saved without their post: the featured image, the editor's choices, an attachment's data. */
    public static function metaChanged($meta, int $id, string $key): void
    {
        if (in_array($key, ['_thumbnail_id', Choices::META], true)) {
            $post = get_post($id);
            if ($post instanceof WP_Post) {
                self::saved($id, $post);
            }
        }
        if (in_array($key, ['_wp_attached_file', '_wp_attachment_metadata', '_wp_attachment_image_alt'], true)) {
            self::attachmentChanged($id);
        }
    }

    /** The photo of posts has changed, or what is said of it. */
    public static function attachmentChanged(int $attachment): void
    {
        $posts = get_posts([
            'post_type' => Settings::get('post_types'), 'post_status' => ['publish', 'future'], 'fields' => 'ids',
            'meta_key' => '_thumbnail_id', 'meta_value' => (string) $attachment, 'numberposts' => 100,
            'orderby' => 'date', 'order' => 'DESC', 'suppress_filters' => false,
        ]);
        foreach ($posts as $post) {
            Registration::later((int) $post);
        }
    }

    public static function isOurs(WP_Post $post): bool
    {
        return in_array($post->post_type, (array) Settings::get('post_types'), true);
    }

    /** Whether readers can see the post, or will at a time that is set. */
    public static function isPublic(WP_Post $post): bool
    {
        return in_array($post->post_status, ['publish', 'future'], true) && $post->post_password === '';
    }
}
