<?php

namespace CardsPlugin\Tests;

use CardsPlugin\Choices;
use CardsPlugin\Story;

/** The article of a post. */
final class StoryTest extends PluginTestCase
{
    private function story(array $fields, array $choices = []): array
    {
        return Story::of(get_post($this->post($fields)), Choices::clean($choices));
    }

    public function testTextsArePlain(): void
    {
        $story = $this->story([
            'post_title' => 'Fish &amp; chips <em>rise</em> &#8211; again', 'post_excerpt' => "Prices\n  rose <b>5</b> %.",
        ]);
        $this->assertSame('Fish & chips rise – again', $story['headline']);
        $this->assertSame('Prices rose 5 %.', $story['description']);
        $this->assertArrayNotHasKey('embargo_until', $story);
    }

    public function testDescriptionOfText(): void
    {
        $story = $this->story(['post_content' => '<!-- wp:paragraph --><p>' . str_repeat('word ', 60) . '</p><!-- /wp:paragraph -->']);
        $this->assertSame(40, substr_count($story['description'], 'word'));
        $hidden = $this->story(['post_content' => 'secret', 'post_password' => 'p']);
        $this->assertArrayNotHasKey('description', $hidden);
    }

    public function testKicker(): void
    {
        $first = wp_insert_term('Weather', 'category')['term_id'];
        $second = wp_insert_term('Sport &amp; games', 'category')['term_id'];
        $id = $this->post();
        $this->assertArrayNotHasKey('kicker', Story::of(get_post($id), Choices::clean([])), 'the default category says nothing');
        wp_set_post_categories($id, [$first, $second]);
        update_post_meta($id, '_yoast_wpseo_primary_category', $second);
        $this->assertSame('Sport & games', Story::of(get_post($id), Choices::clean([]))['kicker']);
        $this->assertSame('Live', Story::of(get_post($id), Choices::clean(['kicker' => 'Live']))['kicker']);
    }

    public function testScheduled(): void
    {
        $at = gmdate('Y-m-d H:i:s', time() + 3600);
        $story = $this->story(['post_status' => 'future', 'post_date_gmt' => $at, 'post_date' => get_date_from_gmt($at)]);
        $this->assertSame(str_replace(' ', 'T', $at) . 'Z', $story['embargo_until']);
        $this->assertLessThanOrEqual(gmdate('Y-m-d\TH:i:s\Z'), $story['updated_at'], 'a change now must count');
        $this->assertStringNotContainsString('?p=', $story['url'], 'the address that it will have');
    }

    public function testChoices(): void
    {
        $story = $this->story([], [
            'headline' => 'Another', 'badge' => 'live', 'template' => 'split', 'kind' => 'opinion', 'focal' => ['0.25', 0.5],
        ]);
        $this->assertSame(['Another', 'live', 'split', 'opinion'], [
            $story['headline'], $story['badge'], $story['template'], $story['kind'],
        ]);
    }

    public function testChoicesAreChecked(): void
    {
        $clean = Choices::clean(['badge' => "<b>new</b>\n", 'template' => 'none', 'kind' => ['a'], 'focal' => [2, 0], 'other' => 1]);
        $this->assertSame(
            ['headline' => '', 'kicker' => '', 'badge' => 'new', 'template' => '', 'kind' => '', 'focal' => []],
            $clean
        );
        $this->assertSame([0.25, 0.5], Choices::clean(['focal' => ['0.25', '0.5']])['focal']);
    }
}
