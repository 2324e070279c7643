<?php
// Returns the signed path and query of a picture. $key is the text of the signing key, $params the query by name.
function cards_sign(string $key, string $path, array $params): string
{
    $piece = function (string $s): string {
        $head = '';
        for ($n = strlen($s); $n > 127; $n >>= 7) {
            $head .= chr($n & 127 | 128);
        }
        return $head . chr($n) . $s;
    };
    unset($params['sig']);
    ksort($params, SORT_STRING);
    $message = $piece('cards-url-v1') . $piece($path);
    foreach ($params as $name => $value) {
        if ($name !== 'strict') {
            $message .= $piece((string) $name) . $piece((string) $value);
        }
    }
    $sig = rtrim(strtr(base64_encode(hash_hmac('sha256', $message, $key, true)), '+/', '-_'), '=');
    return $path . '?' . http_build_query($params + ['sig' => $sig], '', '&', PHP_QUERY_RFC3986);
}

if (realpath($_SERVER['SCRIPT_FILENAME'] ?? '') === __FILE__) {
    foreach (json_decode(stream_get_contents(STDIN), true) as $v) {
        echo cards_sign($v['key'], $v['path'], $v['params']), "\n";
    }
}
