package handlers

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/internal/api"
)

// TestLeftOut: targets for which there is no link are named and left out, unless the request is strict or nothing is left.
func TestLeftOut(t *testing.T) {
	const links, bar = "/v1/share-links?title=A&url=https://news.example/storm", "/v1/articles/storm-1/share-bar?format=json"
	for _, tt := range []struct {
		path, targets    string
		status           int
		made, left, says string
	}{
		{links, "facebook,instagram,link", 200, "facebook link", "instagram", "not known"},
		{links, "pinterest,mail", 200, "mail", "pinterest", "image"},
		{links, "x,instagram,twitter,instagram", 200, "twitter", "instagram", "not known"},
		{links, "facebook,link", 200, "facebook link", "", ""},
		{links, "instagram", 400, "", "", "instagram"}, {links, "pinterest", 400, "", "", "pinterest"},
		{links + "&strict=1", "facebook,instagram", 400, "", "", "instagram"}, {links + "&strict=1", "facebook,link", 200, "facebook link", "", ""},
		{links + "&strict=2", "facebook", 400, "", "", "strict"},
		{links + "&image=https://news.example/a.jpg", "pinterest,mail", 200, "pinterest mail", "", ""},
		{bar, "facebook,<b>,link", 200, "facebook link", "<b>", "not known"},
		{bar, "pinterest", 200, "pinterest", "", ""}, {bar, "myspace", 400, "", "", "myspace"}, {bar + "&strict=1", "mail,myspace", 400, "", "", "myspace"},
	} {
		resp := newHouse(t).do(t, request("GET", tt.path+"&targets="+url.QueryEscape(tt.targets), ""))
		raw := text(t, resp)
		var got struct {
			Links   []api.ShareLink
			LeftOut []api.LeftOut `json:"left_out"`
			Error   api.ErrorBody
		}
		if err := json.Unmarshal([]byte(raw), &got); err != nil {
			t.Fatal(err)
		}
		var made, left []string
		says := got.Error.Message
		for _, l := range got.Links {
			made = append(made, l.Target)
		}
		for _, l := range got.LeftOut {
			left, says = append(left, l.Target), says+l.Message
		}
		if resp.StatusCode != tt.status || strings.Join(made, " ") != tt.made || strings.Join(left, " ") != tt.left || !strings.Contains(says, tt.says) {
			t.Errorf("%s, %s: %d %s", tt.path, tt.targets, resp.StatusCode, raw)
		}
	}
}
