package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublish is the life of a post: published in the browser, read by a crawler, shared by a reader, corrected, its photo
// replaced, and taken back.
func TestPublish(t *testing.T) {
	s := wordpress(t)
	photo := s.upload(t, scene(t, 1), "A ferry leaves the harbour before the storm", "A white ferry on a grey sea")
	p := s.browse(t)
	post := p.publish(s, "Storm front stalls over the west coast", photo)
	a := s.registered(t, post)
	url, _ := a["url"].(string)
	first := s.isRight(t, url, "Storm front stalls over the west coast")
	if a["caption"] != "A ferry leaves the harbour before the storm" || a["site"] != "The Harbor Post" || a["alt"] == "" {
		t.Errorf("the article: %v", a)
	}
	p.picture("published")

	t.Run("a reader shares", func(t *testing.T) { s.shares(t, p, url, post) })

	s.api(t, http.MethodPost, fmt.Sprintf("posts/%d", post), map[string]any{"title": "Storm front moves on"})
	s.registered(t, post)
	second := s.isRight(t, url, "Storm front moves on")
	if second == first {
		t.Error("another headline has the same picture")
	}

	if _, err := s.php(replaceScript, fmt.Sprintf("ATTACHMENT=%d", photo), "FILE="+s.file(t, scene(t, 2))); err != nil {
		t.Fatal(err)
	}
	s.registered(t, post)
	if third := s.isRight(t, url, "Storm front moves on"); third == second {
		t.Error("another photo has the same picture")
	}

	short, _ := s.registered(t, post)["short_url"].(string)
	s.api(t, http.MethodDelete, fmt.Sprintf("posts/%d", post), nil)
	if err := eventually(func() error {
		if r := call(t, http.MethodGet, short, "", nil); r.status != http.StatusGone {
			return fmt.Errorf("the short link of a post in the bin: %d", r.status)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// publish writes a post in the block editor and publishes it with its buttons.
func (p *tab) publish(s *site, title string, photo int) (post int) {
	p.t.Helper()
	edit, err := json.Marshal(map[string]any{"title": title, "featured_media": photo, "excerpt": "The wind stays, the rain goes."})
	if err != nil {
		p.t.Fatal(err)
	}
	p.open(s.url + "/wp-admin/post-new.php")
	p.until(`window.wp?.data?.select('core/editor')?.getCurrentPostId() && wp.data.select('core/block-editor')`)
	p.run(`if (wp.data.select('core/edit-post').isFeatureActive('welcomeGuide')) {
			wp.data.dispatch('core/edit-post').toggleFeature('welcomeGuide');
		}
		wp.data.dispatch('core/edit-post').openGeneralSidebar('edit-post/document');
		if (!wp.data.select('core/edit-post').isEditorPanelOpened('cards/cards')) {
			wp.data.dispatch('core/edit-post').toggleEditorPanelOpened('cards/cards');
		}
		wp.data.dispatch('core/editor').editPost(` + string(edit) + `);
		wp.data.dispatch('core/block-editor').insertBlocks(wp.blocks.createBlock('core/paragraph', { content: 'The front has not moved since noon.' }), 0, '', false);
		wp.data.dispatch('core/edit-post').openGeneralSidebar('edit-post/document');`)
	p.until(`document.querySelector('.cards-panel-card img[src^="blob:"]')?.naturalWidth === 600`)
	p.until(`document.querySelector('.cards-panel-card:not(.is-drawing)')`)
	p.run(`document.querySelector('.cards-panel').scrollIntoView()`)
	p.picture("editor")
	p.run(`document.querySelector('.cards-panel .components-focal-point-picker').scrollIntoView()`)
	p.picture("editor-focal")
	p.click(".editor-post-publish-panel__toggle")
	p.click(".editor-post-publish-panel .editor-post-publish-button")
	p.until(`wp.data.select('core/editor').isCurrentPostPublished() && !wp.data.select('core/editor').isSavingPost()`)
	return value[int](p, `wp.data.select('core/editor').getCurrentPostId()`)
}

// isRight checks the tags of a page and the picture that they name, and returns the picture's URL.
func (s *site) isRight(t *testing.T, url, headline string) (picture string) {
	t.Helper()
	page := s.page(t, url)
	for _, name := range []string{`rel="canonical"`, `property="og:title"`, `property="og:url"`, `property="og:image"`, `name="twitter:card"`} {
		if all := tags(page, name); len(all) != 1 {
			t.Errorf("%d tags with %s: %v", len(all), name, all)
		}
	}
	if got := content(t, page, `property="og:title"`); got != headline {
		t.Errorf("og:title %q", got)
	}
	picture = content(t, page, `property="og:image"`)
	r := call(t, http.MethodGet, picture, "", nil)
	size, _, err := image.DecodeConfig(bytes.NewReader(r.body))
	if r.status != http.StatusOK || err != nil || size.Width != 1200 || size.Height != 630 {
		t.Errorf("the picture %s: %d, %v, %v", picture, r.status, size, err)
	}
	if dir := os.Getenv("CARDS_SCREENSHOTS"); dir != "" {
		name := strings.ReplaceAll(strings.ToLower(headline), " ", "-")
		if err := os.WriteFile(filepath.Join(dir, "wordpress-card-"+name+".jpg"), r.body, 0o600); err != nil {
			t.Error(err)
		}
	}
	return picture
}

// shares taps on the bar of a post, and waits until that is counted.
func (s *site) shares(t *testing.T, p *tab, url string, post int) {
	t.Helper()
	p.open(url)
	const link = `document.querySelector('share-bar').shadowRoot?.querySelector('a[href*="/s/"][href$="/facebook"]')`
	p.until(link)
	p.run(`document.querySelector('share-bar').scrollIntoView({ block: 'center' })`)
	p.picture("page")
	p.run(`const a = ` + link + `; a.target = '_blank'; a.click();`)
	err := eventually(func() error {
		r := call(t, http.MethodGet, fmt.Sprintf("%s/v1/articles/wp-%d/stats", s.cards.url, post), "", nil, "Authorization", "Bearer "+s.cards.token)
		var stats struct {
			Shares int `json:"shares"`
		}
		if err := json.Unmarshal(r.body, &stats); err != nil || stats.Shares != 1 {
			return fmt.Errorf("stats: %d %s", r.status, r.body)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// file writes bytes to a file for a script.
func (s *site) file(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// replaceScript replaces the file of an attachment, as plugins for the media library do.
const replaceScript = `<?php
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
$id = (int) getenv('ATTACHMENT');
$file = get_attached_file($id);
copy(getenv('FILE'), $file);
touch($file, time() + 1);
wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
spawn_cron();
`
