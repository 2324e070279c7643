<?php

/** What the command uses of WP-CLI, which Debian has no package of. */

namespace WP_CLI\Utils {
    function make_progress_bar(string $title, int $count): object
    {
        return new class {
            public function tick(): void
            {
            }

            public function finish(): void
            {
            }
        };
    }
}

namespace {
    class WP_CLI
    {
        /** @var string[] what was said */
        public static $said = [];

        public static function __callStatic(string $level, array $given): void
        {
            self::$said[] = $level . ': ' . $given[0];
        }
    }
}
