<?php

namespace CardsPlugin;

use WP_Error;

/** Calls of the service's API. Each returns the answer, or a WP_Error with the data described at refusal(). */
final class Service
{
    /** Seconds that a call may take in the background. */
    public const PATIENT = 20;

    /** Seconds that a call may take while an editor waits. */
    public const QUICK = 5;

    private $address;
    private $token;
    private $timeout;

    public function __construct(string $address, string $token, int $timeout = self::PATIENT)
    {
        $this->address = $address;
        $this->token = $token;
        $this->timeout = $timeout;
    }

    public static function current(int $timeout = self::PATIENT): self
    {
        return new self((string) Settings::get('service'), Settings::token(), $timeout);
    }

    /** Registers an article. */
    public function put(string $id, array $article)
    {
        return $this->json('PUT', '/v1/articles/' . rawurlencode($id), $article);
    }

    /** Withdraws an article. One that the service does not have is withdrawn. */
    public function delete(string $id)
    {
        $answer = $this->json('DELETE', '/v1/articles/' . rawurlencode($id));
        if (is_wp_error($answer) && in_array(self::status($answer), [404, 410], true)) {
            return [];
        }
        return $answer;
    }

    /** Uploads a picture. */
    public function upload(string $bytes)
    {
        return $this->json('POST', '/v1/photos', null, $bytes);
    }

    /** What an article would be answered, without storing it. */
    public function tryPut(string $id, array $article)
    {
        return $this->json('PUT', '/v1/articles/' . rawurlencode($id) . '?dry_run=1', $article);
    }

    /** Whether the service answers and takes the token. */
    public function check()
    {
        return $this->json('GET', '/v1/articles?fields=id&limit=1');
    }

    /**
     * A picture of a card.
     *
     * @return array|WP_Error with type and bytes
     */
    public function card(array $query)
    {
        $answer = $this->request('GET', '/studio/card?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986));
        if (is_wp_error($answer)) {
            return $answer;
        }
        $type = (string) wp_remote_retrieve_header($answer, 'content-type');
        if (!in_array($type, ['image/jpeg', 'image/png'], true)) {
            return self::refusal('cards_strange', __('The address is not that of a cards service.', 'cards'), false);
        }
        return ['type' => $type, 'bytes' => wp_remote_retrieve_body($answer)];
    }

    private function json(string $method, string $path, ?array $body = null, ?string $raw = null)
    {
        if ($body !== null) {
            $raw = wp_json_encode($body, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        }
        $answer = $this->request($method, $path, $raw, $body === null ? 'application/octet-stream' : 'application/json');
        if (is_wp_error($answer) || wp_remote_retrieve_response_code($answer) === 204) {
            return is_wp_error($answer) ? $answer : [];
        }
        $read = json_decode(wp_remote_retrieve_body($answer), true);
        if (!is_array($read)) {
            return self::refusal('cards_strange', __('The address is not that of a cards service.', 'cards'), false);
        }
        return $read;
    }

    private function request(string $method, string $path, ?string $body = null, string $type = '')
    {
        if ($this->address === '' || $this->token === '') {
            return self::refusal('cards_unset', __('Enter the service address and the API token first.', 'cards'), false);
        }
        $headers = ['Authorization' => 'Bearer ' . $this->token, 'Accept' => 'application/json'];
        if ($body !== null) {
            $headers['Content-Type'] = $type;
        }
        $answer = wp_remote_request($this->address . $path, [
            'method' => $method, 'headers' => $headers, 'body' => $body, 'timeout' => $this->timeout,
            'redirection' => 0, // the token is for this host alone
            'limit_response_size' => 8 << 20,
        ]);
        if (is_wp_error($answer)) {
            /* translators: %s: why, as the network library says it */
            $message = __('The service cannot be reached: %s', 'cards');
            return self::refusal('cards_unreachable', sprintf($message, $answer->get_error_message()), true);
        }
        $status = (int) wp_remote_retrieve_response_code($answer);
        return $status < 300 ? $answer : self::refused($status, $answer);
    }

    /** The error of an answer that refuses. */
    private static function refused(int $status, array $answer): WP_Error
    {
        if ($status < 400) {
            $message = __('The service address leads to another address. Enter that one.', 'cards');
            return self::refusal('cards_moved', $message, false, $status);
        }
        $read = json_decode(wp_remote_retrieve_body($answer), true);
        $error = is_array($read) && is_array($read['error'] ?? null) ? $read['error'] : [];
        if ($status === 401) {
            return self::refusal('cards_unauthorized', __('The service does not take this API token.', 'cards'), true, $status);
        }
        /* translators: %d: an HTTP status */
        $message = $error['message'] ?? sprintf(__('The service answered with status %d.', 'cards'), $status);
        $later = $status === 429 || $status >= 500;
        return self::refusal('cards_' . ($error['code'] ?? 'failed'), (string) $message, $later, $status, [
            'field' => (string) ($error['field'] ?? ''),
            'after' => (int) wp_remote_retrieve_header($answer, 'retry-after'),
        ]);
    }

    /** An error; again says whether the same call may succeed later, status is the answer's or 0. */
    private static function refusal(string $code, string $message, bool $again, int $status = 0, array $more = []): WP_Error
    {
        return new WP_Error($code, $message, ['again' => $again, 'status' => $status] + $more + ['field' => '', 'after' => 0]);
    }

    /** The status of the answer that refused, 0 if there was none. */
    public static function status(WP_Error $error): int
    {
        return (int) ($error->get_error_data()['status'] ?? 0);
    }
}
