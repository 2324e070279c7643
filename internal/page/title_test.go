package page

import "testing"

// TestWithoutSite: the name of the site is cut off, and no word of a headline.
func TestWithoutSite(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Storm hits the coast - The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast | The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast – The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast — The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast: The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast · The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast » The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast|The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast-The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast—The Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast - THE HARBOR POST", "Storm hits the coast"},
		{"Storm hits the coast - Harbor Post", "Storm hits the coast"},
		{"Storm hits the coast\u00a0- The Harbor Post", "Storm hits the coast"},
		{"Storm – the first - The Harbor Post", "Storm – the first"},
		{"Storm | The Harbor Post | The Harbor Post", "Storm"},
		{"Storm - Harborpost", "Storm"},
		{"Storm | 새벽신문", "Storm"},
		{"폭풍-새벽신문", "폭풍"},
		{"Storm - A-Z News", "Storm"},
		{"Storm | World | The Harbor Post", "Storm"},
		{"World | Storm | The Harbor Post", "World | Storm"},
		{"Storm | Sports | The Harbor Post", "Storm | Sports"}, // no tag says that it is the section
		{"The Harbor Post | Storm", "Storm"},
		{"The Harbor Post - Storm", "Storm"},
		{"새벽신문 | 폭풍", "폭풍"},

		{"Storm hits The Harbor Post", ""},
		{"Storm | World", ""}, // the section alone may be meant
		{"The Harbor Post", ""},
		{" - The Harbor Post", ""},
		{"… | The Harbor Post", ""},
		{"| The Harbor Post", ""},
		{"The Harbor Post | …", ""},
		{"Storm - The Harbor Posts", ""},
		{"Storm - The Harbor Post of Monday", ""},
		{"Editor leaves the ex-Harborpost", ""},
		{"The Harbor Post: Storm", ""},
		{"The Harbor Post – 100 years", ""},
		{"The Harbor Post-Gazette closes", ""},
		{"", ""},
	} {
		want := tt.want
		if want == "" {
			want = tt.in
		}
		names := []string{"The Harbor Post", "Harborpost", "새벽신문", "A-Z News"}
		if got := withoutSite(tt.in, names, "World"); got != want {
			t.Errorf("%q: %q, want %q", tt.in, got, want)
		}
	}
}
