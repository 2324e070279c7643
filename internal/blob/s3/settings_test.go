package s3

import (
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/internal/blob/s3/s3test"
)

func TestParse(t *testing.T) {
	for raw, want := range map[string]Settings{
		"s3://news-pictures": {Bucket: "news-pictures", Endpoint: "s3.amazonaws.com", Region: "us-east-1"},
		"s3://news/a/b-c?endpoint=store.example:9000&region=eu-central-1": {
			Bucket: "news", Prefix: "a/b-c", Endpoint: "store.example:9000", Region: "eu-central-1",
		},
		"s3://news/cards/?endpoint=https://store.example/": {Bucket: "news", Prefix: "cards", Endpoint: "store.example", Region: "us-east-1"},
		"s3://news?endpoint=http://127.0.0.1:9000": {
			Bucket: "news", Endpoint: "127.0.0.1:9000", Insecure: true, Region: "us-east-1",
		},
		"s3://news?endpoint=http://[::1]:9000": {Bucket: "news", Endpoint: "[::1]:9000", Insecure: true, Region: "us-east-1"},
	} {
		if got, err := Parse(raw); got != want || err != nil {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
}

// TestParseRefuses: an error says what is wrong, and does not repeat a secret.
func TestParseRefuses(t *testing.T) {
	const secret = "wJalrXUtnFEMI"
	for raw, want := range map[string]string{
		"s3:": "bucket", "s3://": "bucket", "s3:///a": "bucket", "s3://A": "bucket", "s3://ab": "bucket", "s3://a..b": "bucket",
		"file://x": "form", "s3://news#a": "form", "s3://%zz": "form",
		"s3://AKIA:" + secret + "@news":                   "AWS_ACCESS_KEY_ID",
		"s3://news?secret_key=" + secret:                  "AWS_ACCESS_KEY_ID",
		"s3://news?endpoint=http://u:" + secret + "@host": "endpoint",
		"s3://news?endpoint=host/path" + secret:           "endpoint",
		"s3://news?endpoint=ftp://host":                   "endpoint",
		"s3://news?endpoint=":                             "endpoint",
		"s3://news?endpoint=a&endpoint=b":                 "endpoint",
		"s3://news?region=a%20b":                          "region",
		"s3://news?region=%zz":                            "query",
		"s3://news/../other":                              "prefix",
		"s3://news/a//b":                                  "prefix",
		"s3://news/a%0ab":                                 "prefix",
		"s3://news/" + strings.Repeat("a", maxPrefix+1):   "prefix",
	} {
		if _, err := Parse(raw); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret) {
			t.Errorf("%.80s: %v, want one of %q", raw, err, want)
		}
	}
}

// TestHosts: requests go to the endpoint and the bucket's name under it, and at Amazon to the region's host.
func TestHosts(t *testing.T) {
	for endpoint, want := range map[string][]string{
		"Store.example:9000":             {"store.example", ".store.example"},
		"[::1]:9000":                     {"::1", ".::1"},
		"s3.eu-central-1.amazonaws.com":  {"s3.eu-central-1.amazonaws.com", ".s3.eu-central-1.amazonaws.com", ".amazonaws.com"},
		"s3.amazonaws.com.attacker.test": {"s3.amazonaws.com.attacker.test", ".s3.amazonaws.com.attacker.test"},
	} {
		if got := (Settings{Endpoint: endpoint}).hosts(); !slices.Equal(got, want) {
			t.Errorf("%s: %q", endpoint, got)
		}
	}
}

// TestNoCredentials: the start says where they are read from.
func TestNoCredentials(t *testing.T) {
	s3test.Credentials(t, "")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	where, err := Parse(s3test.URL("127.0.0.1:1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(where, Options{Log: discard}); err == nil || !strings.Contains(err.Error(), "AWS_SECRET_ACCESS_KEY") {
		t.Errorf("%v", err)
	}
}
