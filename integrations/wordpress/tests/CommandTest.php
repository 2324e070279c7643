<?php

namespace CardsPlugin\Tests;

use CardsPlugin\Command;
use CardsPlugin\Labels;
use CardsPlugin\State;
use WP_CLI;

require_once __DIR__ . '/wp-cli.php';

/** The command line, and the words of it all. */
final class CommandTest extends PluginTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        WP_CLI::$said = [];
        foreach (get_posts(['numberposts' => -1, 'post_status' => 'any', 'fields' => 'ids']) as $id) {
            wp_delete_post($id, true);
        }
        $this->answers['GET'] = [200, ['articles' => []]];
    }

    public function testSync(): void
    {
        $ids = [$this->post(), $this->post(['post_date' => '2020-01-01 12:00:00'])];
        $this->post(['post_status' => 'draft']);
        (new Command())->sync([], []);
        $this->assertCount(2, $this->sent('PUT'));
        $this->assertSame('registered', State::of($ids[1])['is']);
        $this->assertSame(['success: 2 posts, 0 failed.'], WP_CLI::$said);
        (new Command())->sync([], ['since' => '2021-01-01']);
        $this->assertCount(3, $this->sent('PUT'));
        (new Command())->sync([], ['waiting' => true]);
        $this->assertCount(3, $this->sent('PUT'), 'nothing waits');
    }

    public function testSyncFails(): void
    {
        $id = $this->post();
        $this->answers['PUT'] = [401, ['error' => ['code' => 'unauthorized', 'message' => 'unauthorized']]];
        (new Command())->sync([], []);
        $this->assertSame(
            ['warning: ' . $id . ': The service does not take this API token.', 'error: 1 posts, 1 failed.'],
            WP_CLI::$said
        );
    }

    public function testStatus(): void
    {
        $id = $this->post();
        (new Command())->status();
        $this->assertSame(
            ['log: The service answers and takes the token.', "log: $id\tA headline\tThe card is being made."],
            WP_CLI::$said
        );
    }

    public function testKorean(): void
    {
        load_textdomain('cards', WP_PLUGIN_DIR . '/cards/languages/cards-ko_KR.mo');
        $this->assertSame('카드가 최신 상태입니다.', Labels::state(['is' => 'registered']));
        unload_textdomain('cards');
    }
}
