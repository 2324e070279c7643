<?php

namespace CardsPlugin\Tests;

use CardsPlugin\Registration;
use CardsPlugin\Service;
use CardsPlugin\State;

/** Registering, withdrawing, and trying again. */
final class RegistrationTest extends PluginTestCase
{
    public function testSaveAsksNobody(): void
    {
        $id = $this->post();
        $this->assertSame([], $this->asked);
        $this->assertSame('waiting', State::of($id)['is']);
        $this->assertNotFalse(wp_next_scheduled(Registration::EVENT, [$id]));
    }

    public function testRegistered(): void
    {
        $id = $this->post();
        Registration::run($id);
        $this->assertSame('PUT', $this->asked[0]['method']);
        $this->assertSame('/v1/articles/wp-' . $id, $this->asked[0]['path']);
        $this->assertSame('Bearer a-token-of-the-tests', $this->asked[0]['headers']['Authorization']);
        $this->assertSame(0, $this->asked[0]['redirection'], 'a redirect would take the token along');
        $this->assertSame('registered', State::of($id)['is']);
        $this->assertStringContainsString('og:title', State::tags($id));
        $this->assertFalse(wp_next_scheduled(Registration::EVENT, [$id]));
        $this->assertNotContains($id, Registration::waiting(-1));
    }

    /** @dataProvider notPublic */
    public function testWithdrawn(array $change): void
    {
        $id = $this->post();
        Registration::run($id);
        wp_update_post(['ID' => $id] + $change);
        Registration::run($id);
        $this->assertSame('DELETE', end($this->asked)['method']);
        $this->assertSame('withdrawn', State::of($id)['is']);
        $this->assertSame('', State::tags($id));
    }

    public function notPublic(): array
    {
        return [
            'draft' => [['post_status' => 'draft']], 'private' => [['post_status' => 'private']],
            'trash' => [['post_status' => 'trash']], 'password' => [['post_password' => 'p']],
        ];
    }

    public function testDeletedForGood(): void
    {
        $id = $this->post();
        Registration::run($id);
        wp_delete_post($id, true);
        $this->assertNotFalse(wp_next_scheduled(Registration::EVENT, [$id]));
        Registration::run($id);
        $this->assertSame('DELETE', end($this->asked)['method']);
        $this->assertSame('/v1/articles/wp-' . $id, end($this->asked)['path']);
    }

    public function testDraftIsNotSent(): void
    {
        $id = $this->post(['post_status' => 'draft']);
        $this->assertSame('new', State::of($id)['is']);
        $this->assertFalse(wp_next_scheduled(Registration::EVENT, [$id]));
    }

    /** Waits grow, and the service's own wish counts. */
    public function testTriesAgain(): void
    {
        $id = $this->post();
        foreach ([60, 120, 240] as $try => $wait) {
            $this->answers['PUT'] = new \WP_Error('http_request_failed', 'no route');
            $before = time();
            Registration::run($id);
            $this->assertSame($try + 1, State::of($id)['tries']);
            $this->assertStringContainsString('no route', State::of($id)['message']);
            $at = wp_next_scheduled(Registration::EVENT, [$id]);
            $this->assertGreaterThanOrEqual($before + $wait, $at);
            $this->assertLessThanOrEqual(time() + $wait, $at);
        }
        $this->answers['PUT'] = [503, ['error' => ['code' => 'overloaded', 'message' => 'busy']], ['retry-after' => '4000']];
        Registration::run($id);
        $this->assertGreaterThan(time() + 3900, wp_next_scheduled(Registration::EVENT, [$id]));
        $this->assertContains($id, Registration::waiting(-1));
    }

    public function testRefused(): void
    {
        $this->answers['PUT'] = [400, ['error' => ['code' => 'invalid_request', 'message' => 'theme is unknown', 'field' => 'theme']]];
        $id = $this->post();
        Registration::run($id);
        $state = State::of($id);
        $this->assertSame(['refused', 'theme is unknown', 'theme'], [$state['is'], $state['message'], $state['field']]);
        $this->assertFalse(wp_next_scheduled(Registration::EVENT, [$id]), 'the same would be refused again');
    }

    public function testNewerIsRegistered(): void
    {
        $this->answers['PUT'] = [409, ['error' => ['code' => 'stale', 'message' => 'older']]];
        $this->assertNull(Registration::register($this->post(), Service::current()));
    }

    public function testPhotoIsSentOnce(): void
    {
        $photo = $this->photo(100, 'A ferry');
        $id = $this->post();
        set_post_thumbnail($id, $photo);
        Registration::run($id);
        Registration::run($id);
        $this->assertCount(1, $this->sent('POST'));
        $this->assertSame('upload:1', $this->sent('PUT')[1]['photo']['url']);
        $this->assertSame('A ferry', $this->sent('PUT')[1]['caption']);
        $file = get_attached_file($photo);
        file_put_contents($file, 'another photo');
        clearstatcache();
        Registration::run($id);
        $this->assertCount(2, $this->sent('POST'), 'another file');
    }

    public function testLostPhotoIsSentAgain(): void
    {
        $id = $this->post();
        set_post_thumbnail($id, $this->photo());
        $this->answers['PUT'][1]['warnings'] = [['code' => 'not_found', 'field' => 'photo.url', 'message' => 'gone']];
        Registration::run($id);
        $this->assertCount(2, $this->sent('POST'));
        $this->assertCount(2, $this->sent('PUT'));
    }

    public function testLargePhotoIsSentSmaller(): void
    {
        $photo = $this->photo((10 << 20) + 1);
        $this->assertSame([], $this->sentFor($photo), 'nothing that the service would refuse');
        $file = get_attached_file($photo);
        file_put_contents(dirname($file) . '/smaller.jpg', 'smaller');
        wp_update_attachment_metadata($photo, ['sizes' => [
            'medium' => ['file' => 'tiny.jpg', 'width' => 300, 'height' => 200],
            'large' => ['file' => 'smaller.jpg', 'width' => 1536, 'height' => 1024],
        ]]);
        $this->assertSame(['smaller'], $this->sentFor($photo));
    }

    private function sentFor(int $photo): array
    {
        $this->asked = [];
        $id = $this->post();
        set_post_thumbnail($id, $photo);
        Registration::run($id);
        return $this->sent('POST');
    }

    public function testAttachmentChanges(): void
    {
        $photo = $this->photo();
        $id = $this->post();
        set_post_thumbnail($id, $photo);
        Registration::run($id);
        wp_update_post(['ID' => $photo, 'post_excerpt' => 'Another caption']);
        // One request changes a post once: what is waiting is found by the next one.
        $this->assertContains($id, $this->queued());
    }

    private function queued(): array
    {
        $posts = new \ReflectionProperty(Registration::class, 'posts');
        $posts->setAccessible(true);
        return array_keys($posts->getValue());
    }
}
