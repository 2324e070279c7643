<?php

namespace CardsPlugin;

/** Holds the tags that the service sends to what belongs into a head: a service that was taken over cannot add a script. */
final class Tags
{
    private const ALLOWED = [
        'meta' => ['property' => true, 'name' => true, 'content' => true],
        'link' => ['rel' => true, 'href' => true, 'type' => true, 'title' => true, 'hreflang' => true],
    ];

    /** Relations that a link may have. A style sheet, say, is none of them. */
    private const RELATIONS = ['canonical', 'alternate', 'author'];

    /** Tags in lines, without all others. */
    public static function clean(string $html): string
    {
        $kept = [];
        preg_match_all('/<(?:meta|link)\b(?:[^>"\']|"[^"]*"|\'[^\']*\')*>/i', $html, $found);
        foreach ($found[0] as $tag) {
            $tag = trim(wp_kses($tag, self::ALLOWED, ['http', 'https']));
            if ($tag !== '' && self::isRelation($tag)) {
                $kept[] = $tag;
            }
        }
        return implode("\n", $kept);
    }

    private static function isRelation(string $tag): bool
    {
        if (stripos($tag, '<link') !== 0) {
            return true;
        }
        return preg_match('/\brel="(' . implode('|', self::RELATIONS) . ')"/i', $tag) === 1;
    }

    /** The tags without the discovery of oEmbed, which some readers take for a promise. */
    public static function withoutDiscovery(string $tags): string
    {
        return (string) preg_replace('/^<link\b[^>]*\+oembed"[^>]*>\n?/mi', '', $tags);
    }
}
