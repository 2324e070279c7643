<?php

namespace CardsPlugin;

use WP_Error;

/**
 * The photo of an article. Its bytes are sent: the service need not reach the site, which may be on a private network or
 * behind a password, and does not ask the process that waits for its answer.
 */
final class Photo
{
    /** Meta field of an attachment: which file was uploaded to which service, and under which ID. */
    public const META = '_cards_photo';

    /** The largest file that the service takes, in bytes. */
    private const MOST = 10 << 20;

    /**
     * The photo and what its attachment says of it, as fields of an article.
     *
     * @param float[] $focal the focal point, or none
     * @return array|WP_Error
     */
    public static function of(int $attachment, array $focal, Service $service)
    {
        if ($attachment === 0 || !wp_attachment_is_image($attachment)) {
            return [];
        }
        $source = self::source($attachment, $service);
        if (is_wp_error($source)) {
            return $source;
        }
        $photo = array_filter([
            'url' => $source,
            'alt' => Story::text((string) get_post_meta($attachment, '_wp_attachment_image_alt', true)),
            'focal' => $focal,
        ]);
        $fields = ['photo' => $photo] + self::words($attachment);
        /**
         * Filters the photo's fields of an article: photo, caption and credit.
         *
         * @param array $fields
         * @param int   $attachment
         */
        return (array) apply_filters('cards_photo', $fields, $attachment);
    }

    /** The caption and the credit. A credit in the brackets that end the caption, as agencies write it, stays there. */
    private static function words(int $attachment): array
    {
        $data = wp_get_attachment_metadata($attachment);
        $credit = is_array($data) ? (string) ($data['image_meta']['credit'] ?? '') : '';
        return array_filter([
            'caption' => Story::text((string) wp_get_attachment_caption($attachment)),
            'credit' => Story::text($credit),
        ]);
    }

    /** @return string|WP_Error the ID of the uploaded photo, or its URL if this server does not have the file */
    private static function source(int $attachment, Service $service)
    {
        $file = self::file($attachment);
        if ($file === '') {
            return (string) wp_get_attachment_image_url($attachment, 'full');
        }
        $mark = [md5((string) Settings::get('service')), basename($file), (int) filesize($file), (int) filemtime($file)];
        $known = get_post_meta($attachment, self::META, true);
        if (is_array($known) && ($known['mark'] ?? null) === $mark) {
            return (string) $known['id'];
        }
        $answer = $service->upload((string) file_get_contents($file));
        if (is_wp_error($answer)) {
            return $answer;
        }
        update_post_meta($attachment, self::META, ['mark' => $mark, 'id' => (string) $answer['id']]);
        return (string) $answer['id'];
    }

    /**
     * Whether the service says that it does not have the photo: its data may be newer than ours, or another's.
     *
     * @param array|WP_Error $answer to an article
     */
    public static function isLost($answer): bool
    {
        if (is_wp_error($answer)) {
            return ($answer->get_error_data()['field'] ?? '') === 'photo.url';
        }
        foreach ((array) ($answer['warnings'] ?? []) as $warning) {
            if (($warning['field'] ?? '') === 'photo.url' && ($warning['code'] ?? '') === 'not_found') {
                return true;
            }
        }
        return false;
    }

    /** Forgets that a photo was uploaded. It returns whether it was known as uploaded. */
    public static function forget(int $attachment): bool
    {
        return $attachment !== 0 && delete_post_meta($attachment, self::META);
    }

    /** The file of the attachment: the largest that the service takes. Empty if it is not on this server. */
    private static function file(int $attachment): string
    {
        $full = (string) get_attached_file($attachment);
        $files = [$full];
        $data = wp_get_attachment_metadata($attachment);
        $sizes = is_array($data) ? ($data['sizes'] ?? []) : [];
        usort($sizes, static function (array $a, array $b): int {
            return $b['width'] <=> $a['width'];
        });
        foreach ($sizes as $size) {
            if ($size['width'] >= 1200) { // a smaller one would be drawn larger than it is
                $files[] = dirname($full) . '/' . $size['file'];
            }
        }
        foreach ($files as $file) {
            if (is_readable($file) && filesize($file) <= self::MOST) {
                return $file;
            }
        }
        return '';
    }
}
