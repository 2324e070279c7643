<?php

/** Loads the WordPress in whose folder the plugin was put: CARDS_WORDPRESS names it. */

$_SERVER['HTTP_HOST'] = $_SERVER['SERVER_NAME'] = 'news.example';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require getenv('CARDS_WORDPRESS') . '/wp-load.php';
require __DIR__ . '/PluginTestCase.php';
