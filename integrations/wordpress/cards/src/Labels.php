<?php

namespace CardsPlugin;

/** Words for people. */
final class Labels
{
    /** What a post's state means, in a sentence. */
    public static function state(array $state): string
    {
        switch ($state['is']) {
            case 'registered':
                return __('The card is up to date.', 'cards');
            case 'waiting':
                if ($state['message'] === '') {
                    return __('The card is being made.', 'cards');
                }
                /* translators: %s: why the last try failed */
                return sprintf(__('Not registered yet; it is tried again. %s', 'cards'), $state['message']);
            case 'refused':
                /* translators: %s: why the service refused the post */
                return sprintf(__('The service refused the post: %s', 'cards'), $state['message']);
            case 'withdrawn':
                return __('Withdrawn, since the post is not public.', 'cards');
            default:
                return __('The card is made when the post is published.', 'cards');
        }
    }

    /** @return string[] names of the badges, by what the service calls them */
    public static function badges(): array
    {
        return [
            '' => __('None', 'cards'), 'breaking' => __('Breaking', 'cards'), 'live' => __('Live', 'cards'),
            'exclusive' => __('Exclusive', 'cards'), 'opinion' => __('Opinion', 'cards'), 'update' => __('Update', 'cards'),
        ];
    }

    /** @return string[] */
    public static function kinds(): array
    {
        return [
            '' => __('News', 'cards'), 'opinion' => __('Opinion', 'cards'), 'analysis' => __('Analysis', 'cards'),
            'live' => __('Live', 'cards'), 'paid' => __('Paid content', 'cards'),
        ];
    }

    /** @return string[] */
    public static function templates(): array
    {
        return [
            '' => __('Automatic', 'cards'), 'photo' => __('Photo', 'cards'), 'split' => __('Photo beside text', 'cards'),
            'strip' => __('Photo above text', 'cards'), 'text' => __('Text', 'cards'), 'quote' => __('Quote', 'cards'),
            'breaking' => __('Breaking', 'cards'), 'live' => __('Live', 'cards'), 'opinion' => __('Opinion', 'cards'),
            'number' => __('Number', 'cards'), 'audio' => __('Audio', 'cards'), 'video' => __('Video', 'cards'),
            'plain' => __('Photo alone', 'cards'),
        ];
    }

    /** @return string[] what the panel says */
    public static function panel(): array
    {
        return [
            'title' => __('Social card', 'cards'),
            'sizes' => __('Shown as', 'cards'),
            'link' => __('Link', 'cards'),
            'square' => __('Square', 'cards'),
            'story' => __('Story', 'cards'),
            'card' => __('The card of this post', 'cards'),
            'drawing' => __('Drawing the card …', 'cards'),
            'headline' => __('Headline of the card', 'cards'),
            'headlineAbout' => __('Empty: the title of the post.', 'cards'),
            'kicker' => __('Kicker', 'cards'),
            'kickerAbout' => __('Empty: the category of the post.', 'cards'),
            'badge' => __('Badge', 'cards'),
            'kind' => __('Kind of story', 'cards'),
            'template' => __('Template', 'cards'),
            'focal' => __('Focal point: what every crop keeps', 'cards'),
            'automatic' => __('Choose it automatically', 'cards'),
            'mend' => __('To mend', 'cards'),
            'nothing' => __('Nothing to mend.', 'cards'),
            'again' => __('Try again now', 'cards'),
            'unset' => __('Enter the service address and the API token in Settings → Cards first.', 'cards'),
            'focalX' => __('Focal point, from the left (0 to 1)', 'cards'),
            'focalY' => __('Focal point, from the top (0 to 1)', 'cards'),
        ];
    }
}
