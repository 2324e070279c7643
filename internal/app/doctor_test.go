package app

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/blob/s3/s3server"
	"newsroom.example/cards/internal/blob/s3/s3test"
	"newsroom.example/cards/internal/certs/certstest"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/internal/store/postgres/pgtest"
)

// examined returns the findings of a doctor by what they are about.
func examined(t *testing.T, d Doctor) map[string]Finding {
	t.Helper()
	if d.Ready == nil {
		d.Ready = func(context.Context, string) (time.Time, error) { return time.Now(), nil }
	}
	all := map[string]Finding{}
	for _, f := range d.Examine(t.Context()) {
		if _, twice := all[f.Check]; twice {
			t.Errorf("%s is examined twice", f.Check)
		}
		if (f.Degree == Good) != (f.Do == "") || f.Says == "" {
			t.Errorf("%+v: what is not good says what to do, and nothing else does", f)
		}
		all[f.Check] = f
	}
	return all
}

// TestHealthySetup: a service that has run is well.
func TestHealthySetup(t *testing.T) {
	c := config(t)
	started := serve(t, c)
	c.PublicURL, c.CardCache = started.URL, 1<<20
	c.Share.KakaoJSKey = "0123456789abcdef"
	photos := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(scene.JPEG(scene.Noise(640, 480)))
	}))
	defer photos.Close()
	c.PhotoAllow = []string{strings.TrimPrefix(photos.URL, "http://")}
	found := examined(t, Doctor{Config: c, Photo: photos.URL + "/a.jpg"})
	for _, check := range []string{"settings", "data folder", "disk", "API token", "signing key", "database", "pictures", "fonts", "public URL", "clock at the public URL", "photo", "KakaoTalk"} {
		if f := found[check]; f.Degree != Good {
			t.Errorf("%s: %+v", check, f)
		}
	}
	if got := found["photo"].Says; !strings.HasPrefix(got, "640 x 480 pixels, ") {
		t.Error(got)
	}
	if left, err := filepath.Glob(filepath.Join(c.Data, ".doctor-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestFaultsOfASetup: each is found, and named with its degree.
func TestFaultsOfASetup(t *testing.T) {
	ended := func(context.Context, string) (time.Time, error) { return time.Time{}, errors.New("cannot be reached") }
	late := func(context.Context, string) (time.Time, error) { return time.Now().Add(-time.Hour), nil }
	for name, tt := range map[string]struct {
		change func(t *testing.T, d *Doctor)
		check  string
		degree string
		says   string
	}{
		"no setting works": {func(_ *testing.T, d *Doctor) { d.Config.Drain = time.Hour }, "settings", Bad, "--drain"},
		"new folder":       {func(*testing.T, *Doctor) {}, "data folder", Note, "does not exist yet"},
		"new database":     {func(*testing.T, *Doctor) {}, "database", Note, "does not exist yet"},
		"no secrets":       {func(*testing.T, *Doctor) {}, "signing key", Note, "there is none yet"},
		"a file":           {func(t *testing.T, d *Doctor) { writeAt(t, d.Config.Data, "", 0o600) }, "data folder", Bad, "is no folder"},
		"open folder": {func(t *testing.T, d *Doctor) {
			writeAt(t, filepath.Join(d.Config.Data, "x"), "", 0o600)
			if err := os.Chmod(d.Config.Data, 0o755); err != nil {
				t.Fatal(err)
			}
		}, "data folder", Note, "other users may read"},
		"open key": {func(t *testing.T, d *Doctor) {
			writeAt(t, filepath.Join(d.Config.Data, SigningKeyFile), strings.Repeat("k7", 32), 0o644)
		}, "signing key", Bad, "chmod 600"},
		"weak token": {func(t *testing.T, d *Doctor) { writeAt(t, filepath.Join(d.Config.Data, TokenFile), "password", 0o600) }, "API token", Bad, "has 8 bytes"},
		"no database": {func(t *testing.T, d *Doctor) {
			writeAt(t, filepath.Join(d.Config.Data, "cards.db"), strings.Repeat("x", 5000), 0o600)
		},
			"database", Bad, "not a database"},
		"no server": {func(_ *testing.T, d *Doctor) { d.Config.Database = "postgres://cards:hunter2hunter2@127.0.0.1:1/cards" }, "database", Bad, "refused"},
		"no bucket": {func(_ *testing.T, d *Doctor) {
			d.Config.Pictures = "s3://pictures/p?endpoint=http://127.0.0.1:1&region=eu-1"
		}, "pictures", Bad, "does not answer"},
		"no proxy":     {func(_ *testing.T, d *Doctor) { d.Config.PublicURL = "https://cards.example" }, "proxy", Note, "all readers count as one"},
		"no address":   {func(*testing.T, *Doctor) {}, "public URL", Note, "none is set"},
		"not reached":  {func(_ *testing.T, d *Doctor) { d.Config.PublicURL, d.Ready = "https://cards.example", ended }, "public URL", Bad, "cannot be reached"},
		"wrong clock":  {func(_ *testing.T, d *Doctor) { d.Config.PublicURL, d.Ready = "https://cards.example", late }, "clock at the public URL", Note, "by 3600."},
		"private host": {func(_ *testing.T, d *Doctor) { d.Photo = "http://127.0.0.1:80/a.jpg" }, "photo", Bad, "not public"},
		"no Kakao key": {func(*testing.T, *Doctor) {}, "KakaoTalk", Note, "the link to copy"},
		"certificate ends": {func(t *testing.T, d *Doctor) {
			made := certstest.New(t, t.TempDir(), 1)
			d.Config.TLS = TLS{Cert: made.Cert, Key: made.Key}
		}, "certificate", Note, "ends on"},
	} {
		t.Run(name, func(t *testing.T) {
			d := Doctor{Config: config(t)}
			tt.change(t, &d)
			found := examined(t, d)
			if f := found[tt.check]; f.Degree != tt.degree || !strings.Contains(f.Says, tt.says) {
				t.Errorf("%+v", f)
			}
			for _, f := range found {
				if strings.Contains(f.Says+f.Do, "hunter2") {
					t.Errorf("a secret: %+v", f)
				}
			}
		})
	}
}

// writeAt writes a file, in a folder that only its owner can use.
func writeAt(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// TestMissingScripts: what no font has is not said to be drawn.
func TestMissingScripts(t *testing.T) {
	set, err := Fonts("")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := set.For([]rune{'\U00012000'}, fonts.Face{}, "akk"); ok { // cuneiform
		t.Error("cuneiform can be drawn")
	}
}

// TestHealthyServers: a PostgreSQL server and a bucket that work are well, before and after the first start.
func TestHealthyServers(t *testing.T) {
	bucket := s3test.Start(t)
	s3test.Credentials(t, s3server.SecretKey)
	d := Doctor{Config: config(t)}
	d.Config.Database = pgtest.Shared(t).Database(t)
	d.Config.Pictures = bucket.URL()
	found := examined(t, d)
	if f := found["database"]; f.Degree != Note || !strings.Contains(f.Says, "migrations are to be done") {
		t.Errorf("%+v", f)
	}
	serve(t, d.Config)
	found = examined(t, d)
	for _, check := range []string{"database", "clock of the database", "pictures"} {
		if f := found[check]; f.Degree != Good {
			t.Errorf("%s: %+v", check, f)
		}
	}
	s3test.Credentials(t, "another-secret-key-of-no-use")
	if f := examined(t, d)["pictures"]; f.Degree != Bad || strings.Contains(f.Says, "another-secret") {
		t.Errorf("%+v", f)
	}
}
