package page

import "testing"

// TestPictureKey: addresses of one picture in several sizes have one key, those of two pictures have two.
func TestPictureKey(t *testing.T) {
	const storm = "https://news.example/wp-content/uploads/2026/11/storm.jpg"
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{storm, "https://news.example/wp-content/uploads/2026/11/storm-1024x683.jpg", true},
		{storm, "https://news.example/wp-content/uploads/2026/11/storm-scaled.jpg?w=1200", true},
		{storm, "https://www.news.example/wp-content/uploads/2026/11/storm.jpg.webp", true},
		{storm, "https://i2.wp.com/news.example/wp-content/uploads/2026/11/storm.jpg?resize=800%2C600&ssl=1", true},
		{storm, "https://files.example/wp-content/uploads/2026/11/storm.jpg", true},
		{storm, "https://news.example/wp-content/uploads/2026/11/storm@2x.jpg", true},
		{"https://news.example/a/b/%ED%8F%AD%ED%92%8D.jpg", "https://news.example/a/b/폭풍-300x200.jpg", true},
		{storm, "https://news.example/_next/image?url=%2Fwp-content%2Fuploads%2F2026%2F11%2Fstorm.jpg&w=640&q=75", true},
		{"https://blog.example/content/images/2026/11/storm.jpg", "https://blog.example/content/images/size/w1200/2026/11/storm.jpg", true},
		{"https://blog.example/content/images/2026/11/storm.jpg", "https://blog.example/content/images/size/w600/format/webp/2026/11/storm.jpg", true},
		{"https://news.example/photo?id=1&w=800", "https://news.example/photo?w=1600&id=1", true},
		{storm, "https://news.example/wp-content/uploads/2026/11/storm-2.jpg", false},
		{storm, "https://news.example/wp-content/uploads/2026/10/storm.jpg", false},
		{"https://news.example/photo?id=1", "https://news.example/photo?id=2", false},
		{"https://a.example/lead.jpg", "https://b.example/lead.jpg", false},
		{"https://news.example/files/-800x600.jpg", "https://news.example/files/-400x300.jpg", false}, // nothing but a size
	} {
		if same := pictureKey(tt.a) == pictureKey(tt.b); same != tt.same {
			t.Errorf("%s, %s: %t (%s, %s)", tt.a, tt.b, same, pictureKey(tt.a), pictureKey(tt.b))
		}
	}
}
