package app

import (
	"bytes"
	"net/http"
	"os/exec"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/scene"
)

// TestSizesAtOnce: all sizes of a story with a progressive photo of 24 megapixels, asked for at once, are drawn with
// it, and have the bytes that they have one after the other.
func TestSizesAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("24 megapixels take long")
	}
	path, err := exec.LookPath("cjpeg")
	if err != nil {
		t.Skip("SKIPPED: cjpeg is not installed; scripts/deps installs it")
	}
	m := scene.Photo(6000, 4000, 3, 4)
	in := bytes.NewBufferString("P6\n6000 4000\n255\n")
	for i := 0; i < len(m.Pix); i += 4 {
		in.Write(m.Pix[i : i+3])
	}
	cmd := exec.CommandContext(t.Context(), path, "-quality", "80", "-progressive")
	cmd.Stdin = in
	photo, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got [2][6][]byte
	for round := range got {
		a, s := given(t)
		s.photo.Store(&photo)
		story := a.put(t, "p", map[string]any{
			"url": "https://news.example/p", "headline": "Harbor", "photo": map[string]any{"url": s.URL + "/p.jpg"},
		})
		begin := time.Now()
		var group sync.WaitGroup
		for i, size := range []string{"og", "twitter", "kakao", "square", "portrait", "story"} {
			ask := func() {
				resp, text := a.askOnce(t, http.MethodGet, "/cards/p/"+story.Version+"/"+size+".jpg", "")
				if resp.StatusCode != http.StatusOK || resp.Header.Get("X-Card-Degraded") != "" {
					t.Errorf("%s: %d %v", size, resp.StatusCode, resp.Header)
				}
				got[round][i] = []byte(text)
			}
			if group.Go(ask); round > 0 {
				group.Wait()
			}
		}
		group.Wait()
		t.Logf("%d bytes, %v", len(photo), time.Since(begin))
	}
	for i, data := range got[0] {
		if !bytes.Equal(data, got[1][i]) {
			t.Errorf("size %d has other bytes", i)
		}
	}
}
