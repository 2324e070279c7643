package archive

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const wordpress = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>The Harbour Post</title><language>en-US</language>
<wp:author><wp:author_login><![CDATA[lee]]></wp:author_login><wp:author_display_name><![CDATA[Lee Park]]></wp:author_display_name></wp:author>
<item><title><![CDATA[Storm &amp; tide]]></title><link>https://news.example/storm/</link><dc:creator><![CDATA[lee]]></dc:creator><guid isPermaLink="false">https://news.example/?p=7</guid>
	<description></description><content:encoded><![CDATA[<p>Text</p>]]></content:encoded><excerpt:encoded><![CDATA[Waves of nine metres.]]></excerpt:encoded>
	<wp:post_id>7</wp:post_id><wp:post_date_gmt>2026-11-23 00:00:00</wp:post_date_gmt><wp:post_modified_gmt>2026-11-24 00:00:00</wp:post_modified_gmt>
	<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
	<category domain="post_tag" nicename="sea"><![CDATA[Sea]]></category><category domain="category" nicename="city"><![CDATA[City]]></category>
	<wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>
	<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta></item>
<item><title>Draft</title><link>https://news.example/?p=8</link><wp:post_id>8</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Locked</title><link>https://news.example/locked</link><wp:post_id>10</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password>x</wp:post_password></item>
<item><title>About</title><link>https://news.example/about</link><wp:post_id>2</wp:post_id><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>pier.jpg</title><link>https://news.example/pier</link><wp:post_id>9</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
	<excerpt:encoded><![CDATA[A pier in the evening.]]></excerpt:encoded><wp:attachment_url><![CDATA[https://news.example/pier.jpg]]></wp:attachment_url>
	<wp:postmeta><wp:meta_key><![CDATA[_wp_attachment_image_alt]]></wp:meta_key><wp:meta_value><![CDATA[A pier]]></wp:meta_value></wp:postmeta></item>
</channel></rss>`

// TestWordPress: what readers see of an export is registered, with the featured picture, which comes after it.
func TestWordPress(t *testing.T) {
	got, rest, err := read(t, wordpress)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`item 1 true {"id":"wp-7","url":"https://news.example/storm/","headline":"Storm \u0026 tide","kicker":"City","byline":"Lee Park",` +
		`"description":"Waves of nine metres.","caption":"A pier in the evening.","site":"The Harbour Post","lang":"en-US","tags":["Sea"],` +
		`"photo":{"url":"https://news.example/pier.jpg","alt":"A pier"},"published_at":"2026-11-23T00:00:00Z","updated_at":"2026-11-24T00:00:00Z"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"draft": 1, "with a password": 1, "page": 1, "attachment": 1}, rest.Left); diff != "" {
		t.Error(diff)
	}
}
